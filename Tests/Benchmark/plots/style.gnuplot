# What all plots share; `draw` sets what they are made of: data, rows, which is their number, machine, title and height.
set datafile separator tab
set datafile missing '-'
set datafile commentschars ''
set encoding utf8
set terminal svg size 860, height noenhanced background '#ffffff' font 'sans-serif,13'
set title sprintf("%s\n%s", title, machine)
set border 3 linecolor '#777777'
set tics nomirror textcolor '#000000'
set grid linecolor '#dddddd'
set key outside bottom center horizontal
set linetype 1 linecolor '#e4572e' linewidth 2 pointtype 7
set linetype 2 linecolor '#4c78a8' linewidth 2 pointtype 5
set linetype 3 linecolor '#333333' linewidth 2 pointtype 2
set format '%.0f'
