package io.sluice.sinks.relational;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters, one after the other. */
final class Parameters {
    /** 10^-12 USD, as exact as they are counted. */
    private static final int PICO_DIGITS = 12;

    private final PreparedStatement statement;
    private int index;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** PostgreSQL's texts have no NUL; it becomes the character that stands for no character. */
    Parameters text(@Nullable String value) throws SQLException {
        statement.setString(++index, value == null ? null : value.replace('\0', '\uFFFD'));
        return this;
    }

    Parameters whole(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Parameters flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    /** An amount in USD. */
    Parameters usd(BigInteger picoUsd) throws SQLException {
        statement.setBigDecimal(++index, new BigDecimal(picoUsd, PICO_DIGITS));
        return this;
    }

    Parameters usd(long picoUsd) throws SQLException {
        return usd(BigInteger.valueOf(picoUsd));
    }

    /** A time of epoch milliseconds. */
    Parameters time(long atMillis) throws SQLException {
        statement.setObject(
                ++index,
                Instant.ofEpochMilli(atMillis).atOffset(ZoneOffset.UTC),
                Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    /** A UTC day; {@code LocalDate.MIN} is PostgreSQL's {@code -infinity}. */
    Parameters day(LocalDate value) throws SQLException {
        statement.setObject(++index, value, Types.DATE);
        return this;
    }

    /** The row is complete; the next parameter is the first one of the next row. */
    void add() throws SQLException {
        statement.addBatch();
        index = 0;
    }
}
