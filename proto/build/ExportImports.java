import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Writes what our .proto files import (protovalidate's options) as a descriptor set for protoc, taken from the jar we
 * run with, so that no copy of it can go stale here.
 */
class ExportImports {
  public static void main(String[] args) throws Exception {
    Set<FileDescriptor> files = new LinkedHashSet<>();
    collect(ValidateProto.getDescriptor(), files);
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.forEach(file -> set.addFile(file.toProto()));
    Path target = Path.of(args[0]);
    Files.createDirectories(target.getParent());
    Files.write(target, set.build().toByteArray());
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> into) {
    file.getDependencies().forEach(dependency -> collect(dependency, into));
    into.add(file);
  }
}
