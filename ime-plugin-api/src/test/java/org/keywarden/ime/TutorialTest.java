package org.keywarden.ime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.yaml.YamlMessages;

/** What {@code docs/write-an-ime.md} shows compiles, runs, and is a manifest the broker takes. */
final class TutorialTest {
  private static final Path TUTORIAL =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "write-an-ime.md");
  private static final Pattern TYPE = Pattern.compile("public final class (\\w+)");

  private static List<String> blocks(String language) throws Exception {
    Matcher matcher =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(TUTORIAL));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private static List<Path> write(List<String> sources, Path directory) throws Exception {
    List<Path> files = new ArrayList<>();
    for (String source : sources) {
      Matcher name = TYPE.matcher(source);
      assertTrue(name.find(), "a Java block without a public final class");
      files.add(Files.writeString(directory.resolve(name.group(1) + ".java"), source));
    }
    return files;
  }

  @Test
  void theJavaBlocksCompileWithoutWarningsAndTheCheckPasses(@TempDir Path directory)
      throws Exception {
    List<Path> files = write(blocks("java"), directory);
    assertEquals(2, files.size());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "-Xlint:all,-processing,-classfile,-path",
                      "-proc:none",
                      "-Werror",
                      "-d",
                      directory.toString(),
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertTrue(compiled, said.toString());
    }
    URL[] classes = {directory.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      loader
          .loadClass("com.example.greek.GreekCheck")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }

  @Test
  void theYamlBlockIsAManifestThatNamesTheClass() throws Exception {
    List<String> yaml = blocks("yaml");
    assertEquals(1, yaml.size());
    Manifest.Builder manifest = Manifest.newBuilder();
    YamlMessages.read(yaml.getFirst(), "manifest.yaml", manifest);
    assertEquals("com.example.greek.Greek", manifest.getExecList().getLast());
  }
}
