import io
import unittest

from keywarden_ime._faults import FaultLog
from keywarden_ime._possession import frame
from keywarden_ime.plugin import serve


class PluginTest(unittest.TestCase):
    def test_it_says_which_variable_is_missing(self):
        log = FaultLog(io.StringIO())
        self.assertEqual(64, serve(None, {"KEYWARDEN_PLUGIN_ID": "id"}, log).status)
        self.assertIn("KEYWARDEN_SOCKET", serve(None, {}, log).sentence)
        self.assertIn("KEYWARDEN_PLUGIN_ID", serve(None, {"KEYWARDEN_SOCKET": "/socket"}, log).sentence)

    def test_it_says_that_nobody_serves_the_socket(self):
        ending = serve(
            None, {"KEYWARDEN_SOCKET": "/no/such/socket", "KEYWARDEN_PLUGIN_ID": "id"}, FaultLog(io.StringIO())
        )
        self.assertEqual(69, ending.status)
        self.assertIn("/no/such/socket", ending.sentence)

    def test_a_fault_is_told_without_its_message_and_at_most_a_hundred_times(self):
        out = io.StringIO()
        log = FaultLog(out)
        for _ in range(110):
            try:
                try:
                    raise KeyError("typed")
                except KeyError as cause:
                    raise RuntimeError("typed") from cause
            except RuntimeError as fault:
                log.fault("on_key", fault)
        self.assertNotIn("typed", out.getvalue())
        self.assertIn("caused by builtins.KeyError", out.getvalue())
        self.assertEqual(100, out.getvalue().count("on_key raised builtins.RuntimeError"))
        self.assertEqual(1, out.getvalue().count("nothing more is printed"))

    def test_the_frame_is_pasetos(self):
        self.assertEqual(bytes(8), frame())
        self.assertEqual(b"\x01" + bytes(15), frame(b""))
        self.assertEqual(b"\x01" + bytes(7) + b"\x04" + bytes(7) + b"test", frame(b"test"))


if __name__ == "__main__":
    unittest.main()
