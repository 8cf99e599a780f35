package dev.tideline.inference.tensor;

/** TensorFlow's element types with their number in {@code types.proto}, and how their elements lie in Java arrays. */
public enum DataType {
    INVALID(0, "invalid", Storage.NONE),
    FLOAT(1, "float", Storage.FLOATS),
    DOUBLE(2, "double", Storage.DOUBLES),
    INT32(3, "int32", Storage.INTS),
    UINT8(4, "uint8", Storage.BYTES),
    INT16(5, "int16", Storage.SHORTS),
    INT8(6, "int8", Storage.BYTES),
    STRING(7, "string", Storage.STRINGS),
    COMPLEX64(8, "complex64", Storage.NONE),
    INT64(9, "int64", Storage.LONGS),
    BOOL(10, "bool", Storage.BYTES),
    QINT8(11, "qint8", Storage.NONE),
    QUINT8(12, "quint8", Storage.NONE),
    QINT32(13, "qint32", Storage.NONE),
    BFLOAT16(14, "bfloat16", Storage.SHORTS),
    QINT16(15, "qint16", Storage.NONE),
    QUINT16(16, "quint16", Storage.NONE),
    UINT16(17, "uint16", Storage.SHORTS),
    COMPLEX128(18, "complex128", Storage.NONE),
    HALF(19, "half", Storage.SHORTS),
    RESOURCE(20, "resource", Storage.NONE),
    VARIANT(21, "variant", Storage.NONE),
    UINT32(22, "uint32", Storage.INTS),
    UINT64(23, "uint64", Storage.LONGS);

    /** The Java array that holds the elements; {@code NONE}: such a tensor cannot enter or leave a model here. */
    public enum Storage { FLOATS, DOUBLES, BYTES, SHORTS, INTS, LONGS, STRINGS, NONE }

    private static final DataType[] BY_NUMBER = values();

    private final int number;
    private final String label;
    private final Storage storage;

    DataType(int number, String label, Storage storage) {
        this.number = number;
        this.label = label;
        this.storage = storage;
    }

    public int number() {
        return number;
    }

    /** As TensorFlow writes it in messages, such as {@code float}. */
    public String label() {
        return label;
    }

    /** As {@code types.proto} writes it, such as {@code DT_FLOAT}. */
    public String protoName() {
        return "DT_" + name();
    }

    public Storage storage() {
        return storage;
    }

    /** {@link #INVALID} for numbers of types that have no elements to exchange. */
    public static DataType of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : INVALID;
    }
}
