package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Limits;
import org.keywarden.broker.frontdoor.Executables;
import org.keywarden.broker.frontdoor.Lineage;
import org.keywarden.broker.rpc.SchemaCheck;
import org.keywarden.broker.rpc.UnixServer;
import org.keywarden.broker.socket.Admission;

/**
 * What the servers of each kind of peers have in common, above all the budget: no kind can take
 * what another needs.
 *
 * @param plugins their own sockets, and the trusted keyboard's
 */
record Doors(
    UnixServer.Environment applications,
    UnixServer.Environment plugins,
    UnixServer.Environment tools) {
  static Doors of(EventLoopGroup acceptors, EventLoop loop, SecureRandom random, int uid) {
    Path proc = Path.of("/proc");
    Lineage lineage = new Lineage(proc);
    Executables programs = new Executables(proc);
    UnixServer.Environment applications =
        new UnixServer.Environment(
            acceptors,
            loop,
            random,
            new SchemaCheck(),
            new Admission(new Budget(Limits.APPLICATIONS), lineage, programs::of, uid));
    return new Doors(
        applications,
        applications.admitting(
            new Admission(
                new Budget(Limits.PLUGINS), lineage, Admission.ANY_PROGRAM, Admission.ANY_UID)),
        applications.admitting(
            new Admission(new Budget(Limits.TOOLS), lineage, Admission.ANY_PROGRAM, uid)));
  }
}
