package dev.tideline.local;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The few statements that a new server needs, safe to repeat. */
final class PostgresDatabases {

    private PostgresDatabases() {}

    static void createOwner(DataSource server, String user, String password) {
        execute(server, "SELECT 1 FROM pg_roles WHERE rolname = ?", user,
                "CREATE ROLE " + quoted(user) + " LOGIN CREATEDB PASSWORD '" + password.replace("'", "''") + "'");
    }

    static void createDatabase(DataSource server, String name, String owner) {
        execute(server, "SELECT 1 FROM pg_database WHERE datname = ?", name,
                "CREATE DATABASE " + quoted(name) + " OWNER " + quoted(owner));
    }

    private static void execute(DataSource server, String question, String name, String statement) {
        try (var connection = server.getConnection()) {
            if (!exists(connection, question, name)) {
                try (var create = connection.createStatement()) {
                    create.execute(statement);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(name + " could not be made: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String question, String name) throws SQLException {
        try (var select = connection.prepareStatement(question)) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
