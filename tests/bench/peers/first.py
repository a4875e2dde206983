"""One prediction, from nothing: first.py pytorch|onnxruntime MODEL.onnx"""
import sys

import cases

if sys.argv[1] == "pytorch":
    cases.prediction(False)()
else:
    cases.onnx_prediction(sys.argv[2], 1)()
