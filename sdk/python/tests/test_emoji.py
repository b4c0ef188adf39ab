import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "examples/emoji"))

from keywarden_ime import Candidates, CandidateClick, CandidatesMove, Commit, FieldInfo, Key, Keysym, Preedit

from emoji import Emoji, Recent, search


def texts(edits, kind):
    return [each.text for each in edits.list if isinstance(each, kind)]


def candidates(edits):
    return [each for each in edits.list if isinstance(each, Candidates)][-1]


class EmojiTest(unittest.TestCase):
    def setUp(self):
        self.recent = Recent()
        self.emoji = Emoji(FieldInfo(), self.recent)

    def type(self, *keys):
        for key in keys:
            answer = self.emoji.on_key(Key.press(key))
        return answer

    def test_a_name_shows_candidates_and_space_puts_the_first_into_the_text(self):
        shown = self.type(*":snowman")
        self.assertEqual([":snowman"], texts(shown.edits, Preedit))
        self.assertEqual("☃", candidates(shown.edits).texts[0])
        chosen = self.type(" ")
        self.assertTrue(chosen.is_handled)
        self.assertEqual(["☃"], texts(chosen.edits, Commit))
        self.assertEqual([""], texts(chosen.edits, Preedit))
        self.assertEqual((), candidates(chosen.edits).texts)
        self.assertFalse(self.type(" ").is_handled)

    def test_names_of_several_words(self):
        self.assertEqual("😀", search("grinning_face")[0])
        self.assertEqual("→", search("rightw_arrow")[0])
        self.assertEqual([], search("no_such_thing"))
        self.assertEqual([], search("_"))

    def test_arrows_digits_and_clicks_choose(self):
        first = candidates(self.type(*":heart").edits).texts
        self.assertEqual(1, candidates(self.type(Keysym.DOWN).edits).selected)
        self.assertEqual(11, candidates(self.type(Keysym.PAGE_DOWN).edits).selected)
        self.assertEqual([first[12]], texts(self.type("3").edits, Commit))
        self.type(*":star")
        self.assertEqual(1, candidates(self.emoji.candidates_moved(CandidatesMove.CURSOR_DOWN)).selected)
        self.assertEqual(1, len(texts(self.emoji.candidate_clicked(CandidateClick(0)), Commit)))
        self.assertEqual((), self.emoji.candidate_clicked(CandidateClick(0)).list)

    def test_what_no_name_goes_on_with_stays_as_it_was_typed(self):
        self.type(*":nosuchname")
        left = self.type(" ")
        self.assertFalse(left.is_handled)
        self.assertEqual([":nosuchname"], texts(left.edits, Commit))
        self.type(":", "d")
        self.assertEqual([""], texts(self.type(Keysym.ESCAPE).edits, Preedit))
        self.type(":", Keysym.BACKSPACE)
        self.assertFalse(self.type("x").is_handled)

    def test_what_was_chosen_comes_first_where_it_may_be_remembered(self):
        third = candidates(self.type(*":heart").edits).texts[2]
        self.type("3")
        self.assertEqual(third, candidates(self.type(*":heart").edits).texts[0])
        private = Emoji(FieldInfo(learning=False), self.recent)
        for key in ":heart":
            shown = private.on_key(Key.press(key))
        self.assertNotEqual(third, candidates(shown.edits).texts[0])
        chosen = candidates(shown.edits).texts[5]
        private.on_key(Key.press("6"))
        self.emoji.reset()
        self.assertNotEqual(chosen, candidates(self.type(*":heart").edits).texts[0])


if __name__ == "__main__":
    unittest.main()
