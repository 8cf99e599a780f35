package dev.tideline.storage;

/** Keys stay below the root that they are relative to. */
final class Keys {

    private Keys() {}

    static String file(String key) {
        for (String name : key.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("key: " + key + " (expected: names joined by '/', none of them empty, . or ..)");
            }
        }
        return key;
    }

    static String folder(String folder) {
        if (!folder.endsWith("/")) {
            throw new IllegalArgumentException("folder: " + folder + " (expected: a '/' at its end)");
        }
        file(folder.substring(0, folder.length() - 1));
        return folder;
    }
}
