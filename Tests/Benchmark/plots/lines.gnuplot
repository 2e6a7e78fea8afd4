# A line for each tracer and each series, in blocks of the data that begin with their names. Columns: x, time.
set logscale xy
set key outside right center vertical
stats data using 1 nooutput
plot for [block = 0:STATS_blocks - 1] data index block using 1:2 with linespoints \
     linetype (block % 2 + 1) dashtype block / 2 + 1 title columnheader(1)
