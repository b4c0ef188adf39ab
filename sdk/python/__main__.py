"""What the runtime `python3` starts: the script it is given, with the SDK beside it."""

import runpy
import sys

del sys.argv[0]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
