/** The broker as commands reach it: its sockets, its installation, its own tools. */
@NullMarked
package org.keywarden.cli.broker;

import org.jspecify.annotations.NullMarked;
