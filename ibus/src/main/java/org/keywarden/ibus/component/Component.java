package org.keywarden.ibus.component;

import java.util.List;

/**
 * What a component's file says.
 *
 * @param name the name on the bus that its process requests
 * @param exec the command line of its process
 * @param engines those that the file lists
 * @param lister the command line that lists more of them, empty if there is none
 * @param observed paths that another list is to be expected after a change of; a leading "~/" is
 *     the user's home
 */
public record Component(
    String name,
    String exec,
    List<EngineDescription> engines,
    String lister,
    List<String> observed) {
  public Component {
    engines = List.copyOf(engines);
    observed = List.copyOf(observed);
  }
}
