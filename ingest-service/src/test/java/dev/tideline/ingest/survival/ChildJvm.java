package dev.tideline.ingest.survival;

import dev.tideline.testing.TemporaryFolders;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts Java processes that are made to start quickly, since they are killed all the time: one compiler, small heap, and classes
 * from an archive that the first one was asked to write. Class data sharing reads jars only, so folders of classes are packed first.
 */
final class ChildJvm {

    private static final List<String> FLAGS = List.of("-Xmx192m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData", "-Xlog:disable", "-Xlog:all=error:stderr");

    private static final class Shared {
        private static final ChildJvm INSTANCE = new ChildJvm();
    }

    private final String classpath;
    private final Path archive;

    /** The one of this JVM: packing and archiving classes costs as much as two starts, so all tests share them. */
    static ChildJvm shared() {
        return Shared.INSTANCE;
    }

    private ChildJvm() {
        Path folder = TemporaryFolders.create("tideline-classes");
        this.classpath = classpath(folder);
        this.archive = folder.resolve("classes.jsa");
    }

    /** @param log output is appended to it */
    Process start(Path log, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add(archived() ? "-XX:SharedArchiveFile=" + archive : "-XX:+RecordDynamicDumpInfo");
        command.addAll(List.of("-cp", classpath, main));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether processes start quickly by now. */
    boolean archived() {
        return Files.exists(archive);
    }

    /** Keeps the classes that a process has loaded for those that are started from now on. The process is killed: it may not go on. */
    void archiveAndKill(Process process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Signals.run(jcmd.toString(), Long.toString(process.pid()), "VM.cds", "dynamic_dump", archive.toString());
        Signals.kill(process.toHandle());
    }

    private static String classpath(Path folder) {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? pack(path, folder.resolve(jars.size() + ".jar")).toString() : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Path pack(Path classes, Path jar) {
        try (Stream<Path> files = Files.walk(classes);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (Path file : files.sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (!name.isEmpty()) {
                    // Folders too: Spring looks packages up by them.
                    packed.putNextEntry(new JarEntry(Files.isDirectory(file) ? name + "/" : name));
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, packed);
                    }
                    packed.closeEntry();
                }
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
