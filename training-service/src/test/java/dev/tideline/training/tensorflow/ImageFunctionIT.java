package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.training.input.FrozenInput.Frozen;
import dev.tideline.training.model.Transform.Resize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Pictures through TensorFlow's decoders. */
class ImageFunctionIT {

    private static final Frozen.Image COLOUR = new Frozen.Image(2, 3, 3, Resize.BILINEAR, 0, 1);

    private final Graph graph = new Graph();

    @AfterEach
    void close() {
        graph.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void pixelsBecomeNumbersRowByRow(String format) {
        var picture = Pictures.encode(format, 3, 2, (x, y) -> (x * 50) << 16 | (y * 100) << 8 | 255);

        var pixels = decode(COLOUR, picture);

        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                int at = (y * 3 + x) * 3;
                assertThat(pixels[at]).isCloseTo(x * 50 / 255f, within(1e-6f));
                assertThat(pixels[at + 1]).isCloseTo(y * 100 / 255f, within(1e-6f));
                assertThat(pixels[at + 2]).isCloseTo(1, within(1e-6f));
            }
        }
    }

    @Test
    void aJpegIsCloseToItsPixels() {
        var pixels = decode(new Frozen.Image(8, 8, 3, Resize.BILINEAR, 0, 1), Pictures.encode("jpg", 8, 8, (x, y) -> Pictures.grey(120)));

        assertThat(pixels).hasSize(192);
        for (float pixel : pixels) {
            assertThat(pixel).isCloseTo(120 / 255f, within(0.02f));
        }
    }

    @Test
    void bytesAreScaledToTheRangeAskedFor() {
        var picture = Pictures.encode("png", 2, 1, (x, y) -> Pictures.grey(x * 255));

        assertThat(decode(new Frozen.Image(1, 2, 1, Resize.NEAREST, -1, 1), picture)).usingComparatorWithPrecision(1e-6f)
            .containsExactly(-1, 1);
    }

    @Test
    void neighboursAreRepeatedAndLinesAreInterpolated() {
        var picture = Pictures.encode("png", 2, 1, (x, y) -> Pictures.grey(x * 200));

        assertThat(decode(new Frozen.Image(1, 4, 1, Resize.NEAREST, 0, 255), picture)).usingComparatorWithPrecision(1e-4f)
            .containsExactly(0, 0, 200, 200);
        assertThat(decode(new Frozen.Image(1, 4, 1, Resize.BILINEAR, 0, 255), picture)).usingComparatorWithPrecision(1e-4f)
            .containsExactly(0, 50, 150, 200);
    }

    @Test
    void picturesOfAnySizeShareABatch() {
        var small = Pictures.encode("png", 1, 1, (x, y) -> Pictures.grey(51));
        var large = Pictures.encode("png", 30, 20, (x, y) -> Pictures.grey(255));

        assertThat(decode(new Frozen.Image(1, 1, 1, Resize.BILINEAR, 0, 1), small, large)).usingComparatorWithPrecision(1e-5f)
            .containsExactly(0.2f, 1);
    }

    @Test
    void noPicturesGiveNoPixels() {
        assertThat(decode(COLOUR)).isEmpty();
    }

    @Test
    void whatIsNoPictureIsAnError() {
        assertThatThrownBy(() -> decode(COLOUR, new byte[] {1, 2, 3})).hasMessageContaining("image");
    }

    private float[] decode(Frozen.Image image, byte[]... pictures) {
        var nodes = Nodes.of(graph);
        var encoded = nodes.placeholder("encoded", DataType.DT_STRING, Shape.of(Shape.UNKNOWN_SIZE));
        // Twice, as two replicas in one graph would.
        ImageFunction.decode(nodes, image, encoded);
        var decoded = ImageFunction.decode(nodes, image, encoded);
        var data = NdArrays.ofObjects(byte[].class, Shape.of(pictures.length));
        for (int i = 0; i < pictures.length; i++) {
            data.setObject(pictures[i], i);
        }
        try (var session = new Session(graph); var fed = TString.tensorOfBytes(data);
                var result = session.runner().feed(encoded, fed).fetch(decoded).run()) {
            assertThat(result.get(0).shape()).isEqualTo(Shape.of(pictures.length, image.height(), image.width(), image.channels()));
            return EvaluationData.floats((TFloat32) result.get(0));
        }
    }
}
