package org.keywarden.sample.romaji;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which letters make which kana (the Hepburn and Kunrei spellings and their usual extensions). */
final class RomajiTable {
  private static final String ROWS =
      """
      a あ i い u う e え o お ka か ki き ku く
      ke け ko こ sa さ si し su す se せ so そ ta た
      ti ち tu つ te て to と na な ni に nu ぬ ne ね
      no の ha は hi ひ hu ふ he へ ho ほ ma ま mi み
      mu む me め mo も ya や yu ゆ ye いぇ yo よ ra ら
      ri り ru る re れ ro ろ wa わ wi うぃ wu う we うぇ
      wo を ga が gi ぎ gu ぐ ge げ go ご za ざ zi じ
      zu ず ze ぜ zo ぞ da だ di ぢ du づ de で do ど
      ba ば bi び bu ぶ be べ bo ぼ pa ぱ pi ぴ pu ぷ
      pe ぺ po ぽ fa ふぁ fi ふぃ fu ふ fe ふぇ fo ふぉ va ゔぁ
      vi ゔぃ vu ゔ ve ゔぇ vo ゔぉ ja じゃ ji じ ju じゅ je じぇ
      jo じょ kya きゃ kyi きぃ kyu きゅ kye きぇ kyo きょ gya ぎゃ gyi ぎぃ
      gyu ぎゅ gye ぎぇ gyo ぎょ sya しゃ syi しぃ syu しゅ sye しぇ syo しょ
      zya じゃ zyi じぃ zyu じゅ zye じぇ zyo じょ jya じゃ jyi じぃ jyu じゅ
      jye じぇ jyo じょ tya ちゃ tyi ちぃ tyu ちゅ tye ちぇ tyo ちょ cya ちゃ
      cyi ちぃ cyu ちゅ cye ちぇ cyo ちょ dya ぢゃ dyi ぢぃ dyu ぢゅ dye ぢぇ
      dyo ぢょ nya にゃ nyi にぃ nyu にゅ nye にぇ nyo にょ hya ひゃ hyi ひぃ
      hyu ひゅ hye ひぇ hyo ひょ bya びゃ byi びぃ byu びゅ bye びぇ byo びょ
      pya ぴゃ pyi ぴぃ pyu ぴゅ pye ぴぇ pyo ぴょ mya みゃ myi みぃ myu みゅ
      mye みぇ myo みょ rya りゃ ryi りぃ ryu りゅ rye りぇ ryo りょ sha しゃ
      shi し shu しゅ she しぇ sho しょ cha ちゃ chi ち chu ちゅ che ちぇ
      cho ちょ tsa つぁ tsi つぃ tsu つ tse つぇ tso つぉ tha てゃ thi てぃ
      thu てゅ the てぇ tho てょ dha でゃ dhi でぃ dhu でゅ dhe でぇ dho でょ
      twu とぅ dwu どぅ xa ぁ xi ぃ xu ぅ xe ぇ xo ぉ xya ゃ
      xyi ぃ xyu ゅ xye ぇ xyo ょ xtu っ xtsu っ xwa ゎ la ぁ
      li ぃ lu ぅ le ぇ lo ぉ lya ゃ lyi ぃ lyu ゅ lye ぇ
      lyo ょ ltu っ ltsu っ lwa ゎ wyi ゐ wye ゑ n' ん xn ん
      nn ん - ー , 、 . 。 [ 「 ] 」 / ・ ~ 〜
      ! ！ ? ？
      """;

  private static final Map<String, String> KANA = new HashMap<>();
  private static final Set<String> PREFIXES = new HashSet<>();

  static {
    String[] words = ROWS.strip().split("\\s+");
    for (int i = 0; i < words.length; i += 2) {
      KANA.put(words[i], words[i + 1]);
      for (int length = 1; length < words[i].length(); length++) {
        PREFIXES.add(words[i].substring(0, length));
      }
    }
  }

  private RomajiTable() {}

  /** The kana of a finished spelling, null if it is none. */
  static @Nullable String kana(String spelling) {
    return KANA.get(spelling);
  }

  /** Whether more letters may make it a spelling. */
  static boolean isPrefix(String letters) {
    return PREFIXES.contains(letters);
  }
}
