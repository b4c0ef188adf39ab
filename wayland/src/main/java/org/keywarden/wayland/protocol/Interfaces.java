package org.keywarden.wayland.protocol;

import java.util.List;
import org.keywarden.wayland.wire.Member;

/** What an input method says and is told. */
public final class Interfaces {
  /** wayland.xml; object 1 of every connection. */
  public static final Interface DISPLAY =
      new Interface(
          "wl_display",
          1,
          List.of(Member.of("sync", "n"), Member.of("get_registry", "n")),
          List.of(Member.of("error", "ous"), Member.of("delete_id", "u")));

  /** wayland.xml. */
  public static final Interface CALLBACK =
      new Interface("wl_callback", 1, List.of(), List.of(Member.of("done", "u")));

  /** wayland.xml. */
  public static final Interface REGISTRY =
      new Interface(
          "wl_registry",
          1,
          List.of(Member.of("bind", "usun")),
          List.of(Member.of("global", "usu"), Member.of("global_remove", "u")));

  /** wayland.xml; nothing is asked of it but to be named. */
  public static final Interface SEAT =
      new Interface(
          "wl_seat", 1, List.of(), List.of(Member.of("capabilities", "u"), Member.of("name", "s")));

  /** input-method-unstable-v2.xml. */
  public static final Interface INPUT_METHOD_MANAGER =
      new Interface(
          "zwp_input_method_manager_v2",
          1,
          List.of(Member.of("get_input_method", "on"), Member.of("destroy", "")),
          List.of());

  /** input-method-unstable-v2.xml. */
  public static final Interface INPUT_METHOD =
      new Interface(
          "zwp_input_method_v2",
          1,
          List.of(
              Member.of("commit_string", "s"),
              Member.of("set_preedit_string", "sii"),
              Member.of("delete_surrounding_text", "uu"),
              Member.of("commit", "u"),
              Member.of("get_input_popup_surface", "no"),
              Member.of("grab_keyboard", "n"),
              Member.of("destroy", "")),
          List.of(
              Member.of("activate", ""),
              Member.of("deactivate", ""),
              Member.of("surrounding_text", "suu"),
              Member.of("text_change_cause", "u"),
              Member.of("content_type", "uu"),
              Member.of("done", ""),
              Member.of("unavailable", "")));

  /** input-method-unstable-v2.xml. */
  public static final Interface KEYBOARD_GRAB =
      new Interface(
          "zwp_input_method_keyboard_grab_v2",
          1,
          List.of(Member.of("release", "")),
          List.of(
              Member.of("keymap", "uhu"),
              Member.of("key", "uuuu"),
              Member.of("modifiers", "uuuuu"),
              Member.of("repeat_info", "ii")));

  /** virtual-keyboard-unstable-v1.xml. */
  public static final Interface VIRTUAL_KEYBOARD_MANAGER =
      new Interface(
          "zwp_virtual_keyboard_manager_v1",
          1,
          List.of(Member.of("create_virtual_keyboard", "on")),
          List.of());

  /** virtual-keyboard-unstable-v1.xml. */
  public static final Interface VIRTUAL_KEYBOARD =
      new Interface(
          "zwp_virtual_keyboard_v1",
          1,
          List.of(
              Member.of("keymap", "uhu"),
              Member.of("key", "uuu"),
              Member.of("modifiers", "uuuu"),
              Member.of("destroy", "")),
          List.of());

  private Interfaces() {}
}
