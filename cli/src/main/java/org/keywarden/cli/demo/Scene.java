package org.keywarden.cli.demo;

import java.util.List;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.host.v1.Route;

/**
 * What happened in one field.
 *
 * @param typed what the person typed
 * @param expected what the application must end up with
 * @param routes who had the keys, in order
 * @param seen what the input method's process itself wrote down, as text
 * @param received what the application ended up with
 * @param secret whether the input method must have seen nothing
 */
record Scene(
    String field,
    String ime,
    String typed,
    String expected,
    List<Route> routes,
    String seen,
    String received,
    boolean secret,
    List<Grant> grants) {
  Scene {
    routes = List.copyOf(routes);
    grants = List.copyOf(grants);
  }
}
