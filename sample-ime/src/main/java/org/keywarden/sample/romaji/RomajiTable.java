package org.keywarden.sample.romaji;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which letters make which kana: the Hepburn and Kunrei spellings, and the extensions that Japanese
 * input methods have in common. What depends on the letter that follows (ん, っ) is the composer's.
 */
final class RomajiTable {
  private static final String ROWS =
      """
      a あ i い u う e え o お
      ka か ki き ku く ke け ko こ ca か cu く co こ
      sa さ si し su す se せ so そ shi し ci し ce せ
      ta た ti ち tu つ te て to と chi ち tsu つ
      na な ni に nu ぬ ne ね no の
      ha は hi ひ hu ふ he へ ho ほ fu ふ
      ma ま mi み mu む me め mo も
      ya や yu ゆ yo よ
      ra ら ri り ru る re れ ro ろ
      wa わ wo を wyi ゐ wye ゑ
      ga が gi ぎ gu ぐ ge げ go ご
      za ざ zi じ zu ず ze ぜ zo ぞ ji じ
      da だ di ぢ du づ de で do ど dzu づ
      ba ば bi び bu ぶ be べ bo ぼ
      pa ぱ pi ぴ pu ぷ pe ぺ po ぽ
      kya きゃ kyi きぃ kyu きゅ kye きぇ kyo きょ
      gya ぎゃ gyi ぎぃ gyu ぎゅ gye ぎぇ gyo ぎょ
      sya しゃ syi しぃ syu しゅ sye しぇ syo しょ sha しゃ shu しゅ she しぇ sho しょ
      zya じゃ zyi じぃ zyu じゅ zye じぇ zyo じょ ja じゃ ju じゅ je じぇ jo じょ
      jya じゃ jyi じぃ jyu じゅ jye じぇ jyo じょ
      tya ちゃ tyi ちぃ tyu ちゅ tye ちぇ tyo ちょ cha ちゃ chu ちゅ che ちぇ cho ちょ
      cya ちゃ cyi ちぃ cyu ちゅ cye ちぇ cyo ちょ
      dya ぢゃ dyi ぢぃ dyu ぢゅ dye ぢぇ dyo ぢょ
      nya にゃ nyi にぃ nyu にゅ nye にぇ nyo にょ
      hya ひゃ hyi ひぃ hyu ひゅ hye ひぇ hyo ひょ
      bya びゃ byi びぃ byu びゅ bye びぇ byo びょ
      pya ぴゃ pyi ぴぃ pyu ぴゅ pye ぴぇ pyo ぴょ
      mya みゃ myi みぃ myu みゅ mye みぇ myo みょ
      rya りゃ ryi りぃ ryu りゅ rye りぇ ryo りょ
      fa ふぁ fi ふぃ fe ふぇ fo ふぉ fya ふゃ fyu ふゅ fyo ふょ
      va ゔぁ vi ゔぃ vu ゔ ve ゔぇ vo ゔぉ vya ゔゃ vyu ゔゅ vyo ゔょ
      wi うぃ wu う we うぇ wha うぁ whi うぃ whe うぇ who うぉ ye いぇ
      tsa つぁ tsi つぃ tse つぇ tso つぉ
      tha てゃ thi てぃ thu てゅ the てぇ tho てょ twu とぅ
      dha でゃ dhi でぃ dhu でゅ dhe でぇ dho でょ dwu どぅ
      qa くぁ qi くぃ qu く qe くぇ qo くぉ kwa くぁ gwa ぐぁ swa すぁ
      xa ぁ xi ぃ xu ぅ xe ぇ xo ぉ la ぁ li ぃ lu ぅ le ぇ lo ぉ
      xya ゃ xyu ゅ xyo ょ lya ゃ lyu ゅ lyo ょ xyi ぃ xye ぇ lyi ぃ lye ぇ
      xtu っ xtsu っ ltu っ ltsu っ xwa ゎ lwa ゎ xka ヵ xke ヶ lka ヵ lke ヶ
      nn ん n' ん xn ん
      - ー , 、 . 。 [ 「 ] 」 / ・ ~ 〜 ! ！ ? ？
      z/ … z, ‥ z- 〜 z[ 『 z] 』 zh ← zj ↓ zk ↑ zl →
      """;

  private static final Map<String, String> KANA = new HashMap<>();
  private static final Map<String, String> SPELLINGS = new HashMap<>();
  private static final Set<String> PREFIXES = new HashSet<>();

  static {
    String[] words = ROWS.strip().split("\\s+");
    for (int i = 0; i < words.length; i += 2) {
      KANA.put(words[i], words[i + 1]);
      SPELLINGS.putIfAbsent(words[i + 1], words[i]);
      for (int length = 1; length < words[i].length(); length++) {
        PREFIXES.add(words[i].substring(0, length));
      }
    }
    PREFIXES.add("tc"); // tch: the Hepburn spelling of a doubled ch.
  }

  private RomajiTable() {}

  /** The kana of a finished spelling, null if it is none. */
  static @Nullable String kana(String spelling) {
    return KANA.get(spelling);
  }

  /** One spelling of a kana; the kana itself if it has none. */
  static String spelling(String kana) {
    return SPELLINGS.getOrDefault(kana, kana);
  }

  /** Whether more letters may make it a spelling. */
  static boolean isPrefix(String letters) {
    return PREFIXES.contains(letters);
  }
}
