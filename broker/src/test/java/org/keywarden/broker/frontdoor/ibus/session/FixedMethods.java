package org.keywarden.broker.frontdoor.ibus.session;

import java.util.List;
import org.keywarden.broker.frontdoor.ibus.panel.MethodChoice;

/** Two input methods; keeps the choice. */
final class FixedMethods implements MethodChoice {
  static final String FIRST = "org.example.first";
  static final String SECOND = "org.example.second";

  private String selected = FIRST;

  @Override
  public List<InputMethod> enabled() {
    return List.of(
        new InputMethod(FIRST, "First", "ja", "", ""),
        new InputMethod(SECOND, "Second", "ko", "kr(kr104)", ""));
  }

  @Override
  public String selected() {
    return selected;
  }

  @Override
  public void select(String id) {
    selected = id;
  }
}
