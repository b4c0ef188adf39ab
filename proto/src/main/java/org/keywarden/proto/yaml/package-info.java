/**
 * Reads YAML files whose shape is a protobuf schema: the policy and the plugin manifest.
 *
 * <p>Thread: everything here may be used from any thread. May use: SnakeYAML's parser (never its
 * object construction), protobuf descriptors, protovalidate.
 */
@NullMarked
package org.keywarden.proto.yaml;

import org.jspecify.annotations.NullMarked;
