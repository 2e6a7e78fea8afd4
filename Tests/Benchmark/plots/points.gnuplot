# A point for each tracer in the line of each script. Columns: script, ours, theirs, C.
set logscale x
set format x '%g'
set yrange [rows - 0.5:-0.5]
set lmargin 46
set key samplen 1
# What is less than a tenth of a nanosecond is nothing that can be told apart.
shown(x) = x > 0.1 ? x : 0.1
plot data using (shown($2)):0:ytic(1) with points linetype 1 pointsize 1 title 'apus', \
     data using (shown($3)):0 with points linetype 2 pointsize 1 title 'bpftrace', \
     data using (shown($4)):0 with points linetype 3 pointsize 1 title 'C, by clang'
