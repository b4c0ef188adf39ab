package org.keywarden.ibus.component;

import java.util.List;

/**
 * What a component's file says.
 *
 * @param name the name on the bus that its process requests
 * @param exec the command line of its process
 * @param engines those that the file lists
 * @param lister the command line that lists more of them, empty if there is none
 */
public record Component(String name, String exec, List<EngineDescription> engines, String lister) {
  public Component {
    engines = List.copyOf(engines);
  }
}
