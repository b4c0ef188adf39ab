/**
 * Plugins on the disk: found, installed and removed, and their manifests read.
 *
 * <p>Thread: the caller's, before the seat's begins or in a tool. May use: {@code plugin}, its
 * {@code sandbox}, {@code files}, {@code process}, {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.plugin.installed;

import org.jspecify.annotations.NullMarked;
