# diagnosis: nothing arrives here. Ask each input by itself
/BEGIN SOLUTION/,/END SOLUTION/s/i < rows/x->grad.data \&\& &/
