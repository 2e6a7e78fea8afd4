# Two bars for each script, with their lengths behind them. Columns: script, ours, theirs.
set yrange [rows - 0.4:-0.6]
set xrange [0:*]
set offsets 0, graph 0.12, 0, 0
set lmargin 30
set grid noy
set style fill solid noborder
set bars 0
bar = 0.18
plot data using 2:($0 - 0.2):(0):2:($0 - 0.2 - bar):($0 - 0.2 + bar):ytic(1) with boxxyerror linetype 1 title 'apus', \
     data using 3:($0 + 0.2):(0):3:($0 + 0.2 - bar):($0 + 0.2 + bar) with boxxyerror linetype 2 title 'bpftrace', \
     data using 2:($0 - 0.2):(stringcolumn(2)) with labels left offset 0.5, 0 notitle, \
     data using 3:($0 + 0.2):(stringcolumn(3)) with labels left offset 0.5, 0 notitle
