package org.keywarden.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every pair of phase and event of the twin's table, with a process and a copy made by hand. */
final class ForgetfulTwinTest {
  private final List<String> told = new ArrayList<>();
  private final List<Consumer<Boolean>> copying = new ArrayList<>();
  private final List<Runnable> removing = new ArrayList<>();
  private boolean runs = true;

  private final ForgetfulTwin twin =
      new ForgetfulTwin(
          new ForgetfulTwin.Run() {
            @Override
            public void start() {
              told.add("start");
            }

            @Override
            public boolean end() {
              told.add("end");
              return runs;
            }
          },
          new StateCopy() {
            @Override
            public Path directory() {
              return Path.of("/copy");
            }

            @Override
            public void make(Consumer<Boolean> done) {
              told.add("copy");
              copying.add(done);
            }

            @Override
            public void remove(Runnable done) {
              told.add("remove");
              removing.add(done);
            }
          });

  private void copied(boolean there) {
    copying.removeFirst().accept(there);
  }

  private void removed() {
    removing.removeFirst().run();
  }

  @Test
  void itIsCopiedStartedEndedAndRemovedInThisOrder() {
    twin.want();
    twin.want();
    assertEquals(List.of("copy"), told);
    copied(true);
    twin.want();
    assertEquals(List.of("copy", "start"), told);
    twin.forget();
    twin.forget();
    assertEquals(List.of("copy", "start", "end"), told);
    twin.gone();
    twin.gone();
    assertEquals(List.of("copy", "start", "end", "remove"), told);
    removed();
    twin.want();
    assertEquals("copy", told.getLast());
  }

  @Test
  void aProcessThatDiesAndIsStartedAgainKeepsItsCopy() {
    twin.want();
    copied(true);
    twin.gone();
    assertEquals(List.of("copy", "start"), told);
  }

  @Test
  void whatIsNotWantedAnyMoreWhenItIsCopiedIsRemoved() {
    twin.forget();
    twin.want();
    twin.forget();
    copied(true);
    assertEquals(List.of("copy", "remove"), told);
    removed();
    assertEquals(2, told.size());
  }

  @Test
  void whatCannotBeCopiedIsRemovedAndNotTriedAgainByItself() {
    twin.want();
    copied(false);
    removed();
    assertEquals(List.of("copy", "remove"), told);
  }

  @Test
  void whereNoProcessIsLeftTheCopyIsRemovedAtOnce() {
    twin.want();
    copied(true);
    runs = false;
    twin.forget();
    assertEquals(List.of("copy", "start", "end", "remove"), told);
  }

  @Test
  void oneThatIsWantedWhileTheLastIsRemovedHasACopyOfItsOwn() {
    twin.want();
    copied(true);
    twin.forget();
    twin.want();
    twin.gone();
    twin.want();
    removed();
    assertEquals(List.of("copy", "start", "end", "remove", "copy"), told);
    copied(true);
    assertEquals("start", told.getLast());
  }
}
