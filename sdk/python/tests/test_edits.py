import unittest

from keywarden_ime import Commit, Edits, Key, KeyKind, Keysym, Property, PropertyKind, Segment, Style, handled, not_handled


class EditsTest(unittest.TestCase):
    def test_long_text_is_committed_in_parts_of_1024_code_points(self):
        edits = Edits().commit("🙂" * 1025).list
        self.assertEqual([1024, 1], [len(each.text) for each in edits])
        self.assertEqual((), Edits().commit("").list)

    def test_what_is_out_of_bounds_is_refused_without_the_text(self):
        for make in (
            lambda: Commit("secret" * 200),
            lambda: Edits().preedit("secret", 7),
            lambda: Edits().preedit("secret", segments=[Segment(0, 7, Style.UNDERLINE)]),
            lambda: Edits().candidates(["secret"] * 65),
            lambda: Edits().candidates(["secret"], 1),
            lambda: Edits().auxiliary("secret" * 50),
            lambda: Edits().delete_surrounding(0, 0),
            lambda: Edits().commit("secret\ud800"),
            lambda: Property("", PropertyKind.TOGGLE, "secret"),
            lambda: Edits(tuple(Commit("secret") for _ in range(17))),
            lambda: Segment(3, 3, Style.UNDERLINE),
        ):
            with self.assertRaises(ValueError) as raised:
                make()
            self.assertNotIn("secret", str(raised.exception))

    def test_what_was_typed_is_in_no_repr(self):
        shown = repr(handled().preedit("secret").candidates(["secret"]).auxiliary("secret").commit("secret"))
        self.assertNotIn("secret", shown)
        self.assertIn("Preedit[]", shown)
        self.assertEqual("Key[]", repr(Key.press("s")))

    def test_responses_are_equal_by_what_they_say(self):
        self.assertEqual(handled().commit("a"), handled().commit("a"))
        self.assertNotEqual(handled(), not_handled())

    def test_keys(self):
        self.assertEqual("a", Key.press("a").text)
        self.assertEqual("☃", Key.press("☃").text)
        self.assertEqual("7", Key.press(0xFFB7).text)
        self.assertEqual("", Key.press(Keysym.RETURN).text)
        self.assertTrue(Key.press(0xFFE1).is_modifier)
        self.assertTrue(Key(0x61, modifiers=4).is_chord)
        self.assertFalse(Key(0x61, kind=KeyKind.RELEASE).is_pressed)


if __name__ == "__main__":
    unittest.main()
