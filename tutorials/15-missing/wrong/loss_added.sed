# diagnosis: += in place of =. What *loss held
s,[*]loss = ,*loss += ,
