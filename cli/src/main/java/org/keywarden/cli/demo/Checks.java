package org.keywarden.cli.demo;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.proto.host.v1.Route;

/** What the demonstration proves, scene by scene. */
final class Checks {
  private Checks() {}

  static List<Check> of(List<Scene> scenes, List<String> hostileDiary) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "G3",
            "no key of a secret field reached an input method",
            scenes.stream()
                .filter(Scene::secret)
                .allMatch(scene -> scene.seen().isEmpty() && scene.grants().isEmpty())));
    checks.add(
        new Check(
            "G3",
            "secret fields went to the trusted keyboard",
            scenes.stream()
                .filter(Scene::secret)
                .allMatch(scene -> scene.routes().getLast() == Route.ROUTE_GUARDED)));
    checks.add(
        new Check(
            "G1",
            "ordinary fields were composed under a capability each",
            scenes.stream()
                .filter(scene -> !scene.secret())
                .allMatch(scene -> scene.grants().size() == 1)));
    checks.add(
        new Check(
            "G4",
            "every application got exactly what was meant",
            scenes.stream().allMatch(scene -> scene.received().equals(scene.expected()))));
    checks.add(
        new Check(
            "G2",
            "the hostile input method's old capability was refused",
            hostileDiary.stream().anyMatch(line -> line.startsWith("replay REASON_"))));
    checks.add(
        new Check(
            "G5",
            "its injected text was refused",
            hostileDiary.contains("refused REFUSAL_NO_CAUSE")
                && hostileDiary.contains("refused REFUSAL_TEXT_NOT_ALLOWED")));
    checks.add(
        new Check(
            "G6",
            "every capability has its closing record",
            scenes.stream()
                .flatMap(scene -> scene.grants().stream())
                .allMatch(grant -> grant.getClosedAt() > 0)));
    return checks;
  }
}
