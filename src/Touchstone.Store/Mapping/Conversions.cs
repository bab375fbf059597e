using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Mapping;

/// <summary>How ids and times rest in each database.</summary>
/// <remarks>
/// PostgreSQL has uuid and timestamptz. SQLite keeps an id as its 16 bytes in big-endian order, which sort as UUIDv7 means them to,
/// and a time as microseconds since 1970 UTC.
/// </remarks>
internal static class Conversions
{
    public static void Apply(ModelConfigurationBuilder configuration, bool sqlite)
    {
        Id<PersonId>(configuration, sqlite);
        Id<OrganizationId>(configuration, sqlite);
        Id<ContributorId>(configuration, sqlite);
        Id<CompartmentId>(configuration, sqlite);
        Id<ApiKeyId>(configuration, sqlite);
        Id<SignInLinkId>(configuration, sqlite);
        Id<ProjectId>(configuration, sqlite);
        Id<BatchId>(configuration, sqlite);
        Id<AssetId>(configuration, sqlite);
        Id<LabelTaskId>(configuration, sqlite);
        Id<LeaseId>(configuration, sqlite);
        Id<ResponseId>(configuration, sqlite);
        Id<ReviewId>(configuration, sqlite);
        Id<AuditId>(configuration, sqlite);
        Id<ReleaseId>(configuration, sqlite);
        Id<JobId>(configuration, sqlite);
        Id<TombstoneId>(configuration, sqlite);
        Id<StandingDecisionId>(configuration, sqlite);
        Id<TrainingAnswerId>(configuration, sqlite);
        Id<ExampleId>(configuration, sqlite);
        Id<BoundOrderId>(configuration, sqlite);
        Id<DatasetId>(configuration, sqlite);
        Id<ReleaseExportId>(configuration, sqlite);
        Id<CorpusId>(configuration, sqlite);
        if (sqlite)
        {
            configuration.Properties<LeaseToken>().HaveConversion<TokenBytes>();
            configuration.Properties<Guid>().HaveConversion<GuidBytes>();
            configuration.Properties<DateTimeOffset>().HaveConversion<TimeMicroseconds>();
        }
        else
        {
            configuration.Properties<LeaseToken>().HaveConversion<TokenGuid>();
            configuration.Properties<DateTimeOffset>().HaveConversion<TimeUtc>();
        }
    }

    private static void Id<T>(ModelConfigurationBuilder configuration, bool sqlite)
        where T : struct, IUuid<T>
    {
        if (sqlite) configuration.Properties<T>().HaveConversion<IdBytes<T>>();
        else configuration.Properties<T>().HaveConversion<IdGuid<T>>();
    }

    // An expression tree cannot hold a call of a static interface member.
    private static T Make<T>(Guid value)
        where T : struct, IUuid<T> => T.From(value);

    internal static byte[] Bytes(Guid value) => value.ToByteArray(bigEndian: true);

    internal static Guid FromBytes(byte[] value) => new(value, bigEndian: true);

    private sealed class IdBytes<T>() : ValueConverter<T, byte[]>(id => Bytes(id.Value), bytes => Make<T>(FromBytes(bytes)))
        where T : struct, IUuid<T>;

    private sealed class IdGuid<T>() : ValueConverter<T, Guid>(id => id.Value, value => Make<T>(value))
        where T : struct, IUuid<T>;

    private sealed class GuidBytes() : ValueConverter<Guid, byte[]>(value => Bytes(value), bytes => FromBytes(bytes));

    private sealed class TokenBytes() : ValueConverter<LeaseToken, byte[]>(token => Bytes(token.Value), bytes => new LeaseToken(FromBytes(bytes)));

    private sealed class TokenGuid() : ValueConverter<LeaseToken, Guid>(token => token.Value, value => new LeaseToken(value));

    private sealed class TimeMicroseconds() : ValueConverter<DateTimeOffset, long>(
        time => Instant.ToMicroseconds(time), microseconds => Instant.FromMicroseconds(microseconds));

    private sealed class TimeUtc() : ValueConverter<DateTimeOffset, DateTime>(
        time => time.UtcDateTime, time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));
}
