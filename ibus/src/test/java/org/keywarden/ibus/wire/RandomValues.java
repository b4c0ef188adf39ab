package org.keywarden.ibus.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Any type and any value of it, within the limits. */
final class RandomValues {
  private static final int[] POINTS = {'a', 'Z', '0', ' ', 0xE9, 0x3042, 0x6F22, 0x1F600, 0xFFFD};

  private final RandomGenerator random;

  RandomValues(RandomGenerator random) {
    this.random = random;
  }

  List<Type> types() {
    List<Type> types = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      types.add(type(3));
    }
    return types;
  }

  Type type(int depth) {
    int choice = random.nextInt(depth == 0 ? 12 : 16);
    return switch (choice) {
      case 12 -> Type.Variant.VARIANT;
      case 13 -> new Type.Array(type(depth - 1));
      case 14 -> new Type.Array(new Type.Entry(basic(), type(depth - 1)));
      case 15 -> {
        List<Type> members = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          members.add(type(depth - 1));
        }
        yield new Type.Struct(members);
      }
      default -> Type.Basic.values()[choice];
    };
  }

  private Type.Basic basic() {
    return Type.Basic.values()[random.nextInt(12)];
  }

  Value value(Type type) {
    return switch (type) {
      case Type.Basic basic -> basic(basic);
      case Type.Variant variant -> new Value.Variant(value(type(1)));
      case Type.Array array -> array(array);
      case Type.Struct struct ->
          new Value.Struct(struct.members().stream().map(this::value).toList());
      case Type.Entry entry -> new Value.Entry(value(entry.key()), value(entry.value()));
    };
  }

  private Value array(Type.Array type) {
    List<Value> elements = new ArrayList<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      Value element = value(type.element());
      boolean known =
          element instanceof Value.Entry entry
              && elements.stream()
                  .anyMatch(e -> e instanceof Value.Entry o && o.key().equals(entry.key()));
      if (!known) {
        elements.add(element);
      }
    }
    return new Value.Array(type.element(), elements);
  }

  private Value basic(Type.Basic type) {
    return switch (type) {
      case BYTE -> new Value.Byte((byte) random.nextInt());
      case BOOLEAN -> new Value.Bool(random.nextBoolean());
      case INT16 -> new Value.Int16((short) random.nextInt());
      case UINT16 -> new Value.UInt16((short) random.nextInt());
      case INT32 -> new Value.Int32(random.nextInt());
      case UINT32 -> new Value.UInt32(random.nextInt());
      case INT64 -> new Value.Int64(random.nextLong());
      case UINT64 -> new Value.UInt64(random.nextLong());
      case DOUBLE -> new Value.Float64(random.nextGaussian());
      case STRING -> new Value.Str(text());
      case OBJECT_PATH -> new Value.ObjectPath("/p" + random.nextInt(1000) + "/x_y");
      case SIGNATURE -> new Value.Sig(List.of(type(1)));
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
    }
    return text.toString();
  }
}
