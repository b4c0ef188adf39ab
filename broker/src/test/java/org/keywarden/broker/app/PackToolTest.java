package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.plugin.installed.Runtimes;
import org.keywarden.broker.plugin.pack.PackLabel;

/** Packs as the commands make, judge and take them; bad ones are GNU tar's. */
@Timeout(60)
final class PackToolTest {
  private static final String ID = "com.example.greek";
  private static final String MANIFEST =
      """
      id: com.example.greek
      name: Greek
      version: "1.0"
      exec: ["${java}", "-version"]
      rights: [receive_keys, commit_text]
      """;

  @TempDir Path work;
  private Path source = Path.of("");
  private Path mine = Path.of("");

  @BeforeEach
  void aPlugin() throws IOException {
    source = Files.createDirectory(work.resolve("greek"));
    mine = Files.createDirectory(work.resolve("mine"));
    Files.writeString(source.resolve("manifest.yaml"), MANIFEST);
    Path lib = Files.createDirectories(source.resolve("lib").resolve("l".repeat(120)));
    Files.writeString(lib.resolve("words"), "logos\n".repeat(100));
    Path program = Files.writeString(source.resolve("run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Said(int status, String text) {
    private String value(String name) {
      return text.lines()
          .filter(line -> line.startsWith(name + "\t"))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  /** A user's tool, with keys and plugins below a directory of theirs. */
  private Said tool(Path user, String... words) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        Tool.run(
            List.of(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            Runtimes.of(work),
            user.resolve("plugins"));
    return new Said(status, out.toString(StandardCharsets.UTF_8));
  }

  private Path pack() throws IOException, InterruptedException {
    return pack(work.resolve("publisher"), "");
  }

  private Path pack(Path publisher, String architecture) throws IOException, InterruptedException {
    Path file = Files.createTempFile(work, "", ".ime");
    Said packed =
        tool(
            Files.createDirectories(publisher),
            "pack",
            source.toString(),
            file.toString(),
            "",
            architecture);
    assertEquals(0, packed.status(), packed.text());
    return file;
  }

  private Said add(Path file, String... more) throws IOException, InterruptedException {
    String[] words = {"unpack", file.toString(), "", "", ""};
    System.arraycopy(more, 0, words, 5 - more.length, more.length);
    return tool(mine, words);
  }

  private void refused(Path file, String why) throws IOException, InterruptedException {
    Said said = add(file);
    assertEquals(1, said.status(), said.text());
    assertTrue(said.text().startsWith("refused\t") && said.text().contains(why), said.text());
    Path plugins = mine.resolve("plugins");
    if (Files.exists(plugins)) {
      try (Stream<Path> left = Files.list(plugins)) {
        assertEquals(List.of(), left.toList());
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  @Test
  void theSameFilesMakeTheSameBytes() throws Exception {
    byte[] first = Files.readAllBytes(pack());
    Files.createDirectory(source.resolve("__pycache__"));
    Files.writeString(source.resolve(".hidden"), "not packed");
    Files.setLastModifiedTime(
        source.resolve("run"), java.nio.file.attribute.FileTime.fromMillis(1_000));
    assertArrayEquals(first, Files.readAllBytes(pack()));
    Path key = work.resolve("publisher").resolve("publishers").resolve("key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
  }

  @Test
  void whatWasPackedIsThereAndNothingElse() throws Exception {
    Said added = add(pack());
    assertEquals(0, added.status(), added.text());
    assertEquals(ID, added.value("added"));
    Path plugin = mine.resolve("plugins").resolve(ID);
    assertEquals(MANIFEST, Files.readString(plugin.resolve("manifest.yaml")));
    assertTrue(Files.isExecutable(plugin.resolve("run")));
    assertFalse(Files.isExecutable(plugin.resolve("manifest.yaml")));
    try (Stream<Path> all = Files.walk(plugin)) {
      assertEquals(4, all.filter(Files::isRegularFile).count(), "three files and the label");
    }
    assertEquals("Greek", tool(mine, "inspect", ID).value("name"));
    String publisher = PackLabel.ofInstalled(plugin).orElseThrow().publisher().text();
    assertEquals(added.value("publisher"), publisher);
    Files.writeString(plugin.resolve(".pack"), "keywarden-pack/1\n");
    assertThrows(IOException.class, () -> PackLabel.ofInstalled(plugin));
  }

  /** What a stock tar says of the archive: `tail -n +11 FILE | tar t`, as the page has it. */
  @Test
  void otherProgramsCanLookIntoIt() throws Exception {
    Path tar = work.resolve("tar");
    Path out = Files.createDirectory(work.resolve("out"));
    run(
        "sh",
        "-c",
        "tail -n +11 '%s' > '%s' && tar -xf '%s' -C '%s'".formatted(pack(), tar, tar, out));
    run("diff", "-r", source.toString(), out.toString());
  }

  @Test
  void judgingSaysWhatChangedAndInstallsNothing() throws Exception {
    Said judged = tool(mine, "judge", pack().toString(), "", "", "");
    assertEquals("commit_text, receive_keys", judged.value("rights"), judged.text());
    assertEquals("", judged.value("installed"));
    assertEquals("", judged.value("added"));
    refused(work.resolve("nothing.ime"), "is not there");
    Said first = add(pack());
    assertEquals(0, first.status(), first.text());
    Files.writeString(
        source.resolve("manifest.yaml"),
        MANIFEST
            .replace("1.0", "1.10")
            .replace("commit_text", "read_surrounding")
            .replace("Greek", "Greek\nlimits: {memory_mib: 100}"));
    Path next = pack();
    judged = tool(mine, "judge", next.toString(), "", "", "");
    assertEquals("1.0", judged.value("installed"));
    List<String> changes =
        judged.text().lines().filter(line -> line.startsWith("changed")).toList();
    assertTrue(changes.contains("changed\t+\tright\tread_surrounding"), judged.text());
    assertTrue(changes.contains("changed\t-\tright\tcommit_text"), judged.text());
    assertTrue(changes.contains("changed\t+\tmemory\t100 MiB for each process"), judged.text());
    assertEquals("1.0", tool(mine, "inspect", ID).value("version"));
    assertEquals(0, add(next).status());
    assertEquals("1.10", tool(mine, "inspect", ID).value("version"));
  }

  @Test
  void whatIsInstalledIsWhatWasShown() throws Exception {
    Path shown = pack();
    String digest = tool(mine, "judge", shown.toString(), "", "", "").value("sha256");
    Files.writeString(source.resolve("run"), "#!/bin/sh\necho another\n");
    Said said = add(pack(), digest, "", "");
    assertEquals(1, said.status(), said.text());
    assertTrue(said.text().contains("not the pack any more"), said.text());
    assertEquals(0, add(shown, digest, "", "").status());
  }

  @Test
  void alteredOrCutOffAnywhere() throws Exception {
    Path file = pack();
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += at < 700 ? 1 : 97) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      Said said = add(file);
      assertEquals(1, said.status(), () -> "altered: " + said.text());
    }
    for (int length : List.of(0, 10, 300, 512, good.length / 2, good.length - 1)) {
      Files.write(file, Arrays.copyOf(good, length));
      assertEquals(1, add(file).status(), () -> "cut off at " + length);
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    refused(file, "behind its end");
  }

  /** Signed by its publisher as it is; only what is in it is bad. */
  private Path signed(String shell) throws Exception {
    Path tar = work.resolve("bad.tar");
    run("sh", "-ec", "cd '" + source + "'; " + shell.replace("TAR", "'" + tar + "'"));
    Path file = work.resolve("bad.ime");
    Files.write(file, Signed.pack(Files.readAllBytes(tar)));
    return file;
  }

  private static final String TAR =
      "tar --format=ustar --owner=root:0 --group=root:0 --numeric-owner --mtime=@0 -b 1 -cf TAR ";

  @Test
  void whatNoPackHolds() throws Exception {
    List<List<String>> bad = new ArrayList<>();
    bad.add(List.of("ln -s /etc/passwd a; " + TAR + "a", "is a link"));
    bad.add(List.of("ln run b; " + TAR + "b run", "is a link"));
    bad.add(List.of("mkfifo c; " + TAR + "c", "is a FIFO"));
    bad.add(List.of(TAR + "/dev/null 2>/dev/null", "is a device"));
    bad.add(List.of("mkdir d; " + TAR + "d", "is a directory of its own"));
    bad.add(List.of(TAR + "-P ../greek/run", "leads out"));
    bad.add(List.of(TAR + "-P $PWD/run", "is an absolute path"));
    bad.add(List.of(TAR + "run manifest.yaml", "twice, or out of order"));
    bad.add(List.of(TAR + "run; " + TAR.replace("-cf", "-rf") + "run", "twice, or out of order"));
    bad.add(List.of(TAR + "./run", "hidden"));
    bad.add(List.of("touch .f; " + TAR + ".f", "hidden"));
    bad.add(List.of(TAR.replace("ustar", "pax") + "--pax-option=a=b run", "an extension of tar"));
    bad.add(List.of("chmod 4755 run; " + TAR + "run; chmod 755 run", "not as packs are written"));
    bad.add(List.of(TAR + "manifest.yaml; head -c 1024 TAR > g; cp g TAR", "has no end"));
    for (List<String> each : bad) {
      refused(signed(each.getFirst()), each.getLast());
    }
  }

  /** A label or a header may say any size; what is not there is not made room for. */
  @Test
  void aBomb() throws Exception {
    Path file = work.resolve("bomb.ime");
    Files.write(file, Signed.pack(Signed.header("a", (1L << 33) - 1)));
    refused(file, "larger than the whole pack");
    Files.write(file, Signed.labelled(999_999_999_999L, new byte[0]));
    refused(file, "larger than an input method may be");
    Files.write(file, Signed.many(50_001));
    refused(file, "more than 50000 files");
  }

  @Test
  void signedByAnotherKey() throws Exception {
    assertEquals(0, add(pack()).status());
    String known = tool(work.resolve("publisher"), "pack", source.toString(), "", "", "all").text();
    Files.deleteIfExists(Path.of(ID + "-1.0.ime"));
    Path other = pack(work.resolve("other"), "");
    String key = tool(mine, "judge", other.toString(), "", "", "").text();
    assertTrue(key.contains("refused\tit is signed by " + ID + "+"), key);
    assertTrue(key.contains("so far " + ID + " was signed by"), key);
    tool(mine, "remove", ID);
    Said still = add(other);
    assertEquals(1, still.status(), "the key is known still: " + still.text());
    String named = key.lines().findFirst().orElse("").replaceAll(".* ", "");
    assertFalse(known.contains(named));
    assertEquals(1, add(pack(), named, "").status(), "not the key that was named");
    assertEquals(0, add(other, named, "").status());
    assertEquals(0, add(other).status(), "it is known now");
    assertEquals(1, add(pack()).status(), "and the first one is not");
  }

  @Test
  void forAnotherMachine() throws Exception {
    refused(pack(work.resolve("publisher"), "riscv64"), "it is for riscv64");
    byte[] elf = Arrays.copyOf(new byte[] {0x7F, 'E', 'L', 'F'}, 64);
    elf[18] = (byte) 0xF3;
    Files.write(source.resolve("program"), elf);
    refused(pack(), "it is for elf243");
    assertEquals(0, add(pack(work.resolve("publisher"), "all")).status());
  }

  @Test
  void anOlderVersion() throws Exception {
    Path old = pack();
    Files.writeString(source.resolve("manifest.yaml"), MANIFEST.replace("1.0", "1.2"));
    assertEquals(0, add(pack()).status());
    Said refused = add(old);
    assertEquals(1, refused.status());
    assertTrue(refused.text().contains("older than 1.2, which you have"), refused.text());
    assertEquals(0, add(old, "older").status());
    Files.writeString(source.resolve("manifest.yaml"), MANIFEST.replace("1.0", "one"));
    Said packed = tool(mine, "pack", source.toString(), work + "/x.ime", "", "");
    assertTrue(packed.text().contains("cannot be compared"), packed.text());
  }

  @Test
  void aLabelOfAnotherPlugin() throws Exception {
    Path file = signed(TAR + "manifest.yaml");
    byte[] archive = Files.readAllBytes(work.resolve("bad.tar"));
    Files.write(file, Signed.of("com.example.other", archive));
    refused(file, "its label names another plugin");
  }

  @Test
  void aLinkIsNotPacked() throws Exception {
    Files.createSymbolicLink(source.resolve("secret"), Path.of("/etc/passwd"));
    Said packed = tool(mine, "pack", source.toString(), work + "/x.ime", "", "");
    assertEquals(1, packed.status());
    assertTrue(packed.text().contains("secret is a link"), packed.text());
    assertFalse(Files.exists(work.resolve("x.ime")));
  }

  /** A directory that says of itself that somebody signed it. */
  @Test
  void aDirectoryIsSignedByNobody() throws Exception {
    Files.writeString(source.resolve(".pack"), "keywarden-pack/1\n");
    assertEquals(0, tool(mine, "add", source.toString()).status());
    assertFalse(Files.exists(mine.resolve("plugins").resolve(ID).resolve(".pack")));
  }
}
