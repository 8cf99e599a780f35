package dev.tideline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts of processes that live, die and share a folder. */
class DraftFolderTest {

    @TempDir
    private Path root;

    @Test
    void touchesNothingBeforeItIsUsed() throws IOException {
        DraftFolder drafts = new DraftFolder(root.resolve("none"));

        assertThat(drafts.removeAbandoned()).isZero();
        drafts.close();

        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void keepsTheDraftsOfTwoProcessesApart() throws IOException {
        DraftFolder one = new DraftFolder(root);
        DraftFolder other = new DraftFolder(root);
        Path mine = Files.writeString(one.draft("a/b"), "mine");
        Path theirs = Files.writeString(other.draft("a/b"), "theirs");

        one.close();

        assertThat(mine).doesNotExist();
        assertThat(theirs).hasContent("theirs");
        other.close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void makesANewFolderAfterItWasClosed() throws IOException {
        DraftFolder drafts = new DraftFolder(root);
        Path first = drafts.draft("a");
        drafts.close();

        Path second = drafts.draft("a");

        assertThat(second.getParent()).isDirectory().isNotEqualTo(first.getParent());
        drafts.close();
    }

    @Test
    void countsTheFilesOfAProcessThatIsGoneAndNotItsLock() throws IOException {
        abandoned("4711-a", "x", "deep/er/y");

        assertThat(new DraftFolder(root).removeAbandoned()).isEqualTo(2);

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void leavesAFolderAloneWhoseLockSomebodyHolds() throws IOException {
        Path folder = abandoned("4711-a", "x");
        try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.WRITE); FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();

            assertThat(new DraftFolder(root).removeAbandoned()).isZero();
        }

        assertThat(folder.resolve("x")).exists();
    }

    /** It may be in the making by somebody who has not locked it yet, or not be a draft's at all. */
    @Test
    void leavesAFolderWithoutALockAlone() throws IOException {
        Path foreign = Files.createDirectories(root.resolve("lost+found"));

        assertThat(new DraftFolder(root).removeAbandoned()).isZero();

        assertThat(foreign).isDirectory();
    }

    @Test
    void showsNobodyAFolderThatIsNotLockedYet() throws IOException {
        DraftFolder drafts = new DraftFolder(root);
        drafts.draft("a");
        try (Stream<Path> folders = Files.list(root)) {
            List<String> names = folders.map(folder -> folder.getFileName().toString()).toList();

            assertThat(names).singleElement().asString().startsWith(ProcessHandle.current().pid() + "-");
            assertThat(root.resolve(names.getFirst()).resolve(".lock")).exists();
        }
        drafts.close();
    }

    /** Only another process can tell: whoever closes a file gives up all locks of its own process on it. */
    @Test
    void looksForAbandonedFoldersWithoutGivingUpALockOfItsOwnProcess() throws Exception {
        DraftFolder one = new DraftFolder(root);
        Path draft = Files.writeString(one.draft("a"), "on its way");

        assertThat(new DraftFolder(root).removeAbandoned()).isZero();

        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Xmx32m", "-cp", System.getProperty("java.class.path"), Sweeper.class.getName(), root.toString()).inheritIO().start();
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).as("files that another process took").isZero();
        assertThat(draft).hasContent("on its way");
        one.close();
    }

    static final class Sweeper {
        public static void main(String[] arguments) throws IOException {
            System.exit(new DraftFolder(Path.of(arguments[0])).removeAbandoned());
        }
    }

    private Path abandoned(String name, String... files) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Files.createFile(folder.resolve(".lock"));
        for (String file : files) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), "left behind");
        }
        return folder;
    }
}
