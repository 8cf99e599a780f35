package dev.tideline.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A run of bytes of a file on this machine. */
final class FileSection extends BlockStream {

    private final FileChannel channel;

    private FileSection(Path file, FileChannel channel, long bytes) {
        super(file.toString(), bytes);
        this.channel = channel;
    }

    /** @param bytes how many, or {@link #TO_THE_END} */
    static FileSection open(Path file, long from, long bytes) throws IOException {
        return new FileSection(file, FileChannel.open(file, StandardOpenOption.READ).position(from), bytes);
    }

    @Override
    int block(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    long pass(long bytes) throws IOException {
        long passed = Math.min(bytes, Math.max(0, channel.size() - channel.position()));
        channel.position(channel.position() + passed);
        return passed;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
