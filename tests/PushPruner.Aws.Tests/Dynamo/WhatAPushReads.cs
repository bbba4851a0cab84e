using System.Globalization;
using Amazon.DynamoDBv2.Model;
using PushPruner.Aws.Dynamo;
using PushPruner.Ports;
using PushPruner.Rules;
using PushPruner.Testing.DynamoDb;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>
/// A push costs the same however many images the repository holds. The large repository is as large as <c>PUSHPRUNER_LARGE_REPOSITORY</c>
/// says, 20,000 by default.
/// </summary>
public sealed class WhatAPushReads(DynamoDbFixture dynamo)
{
    const int RowsAtOnce = 64;

    // All are pushed within X days, but for those that are protected: nothing is due.
    static readonly DateTimeOffset Before = Sample.Start.AddDays(-365);

    static int Large =>
        int.Parse(Environment.GetEnvironmentVariable("PUSHPRUNER_LARGE_REPOSITORY") ?? "20000", CultureInfo.InvariantCulture);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Costs_the_same_in_a_small_and_in_a_large_repository_and_beside_many_that_are_protected()
    {
        var small = await FillAsync(100, Sample.Image);
        var medium = await FillAsync(1_500, Sample.Image);
        var large = await FillAsync(Large, Sample.Image);
        var besideProtected = await FillAsync(Large, i => i <= 100 ? Sample.Image(i) : Protected(i));

        var least = await ReadAsync(small, keepNewest: 10);
        least.Calls.ShouldBe(3);
        (await ReadAsync(large, keepNewest: 10)).ShouldBe(least);
        (await ReadAsync(besideProtected, keepNewest: 10)).ShouldBe(least);

        var most = await ReadAsync(medium, keepNewest: 1_000);
        most.Calls.ShouldBe(3);
        (await ReadAsync(large, keepNewest: 1_000)).ShouldBe(most);
        (await ReadAsync(besideProtected, keepNewest: 1_000)).ShouldBe(most);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Large} images; N = 10: {least}; N = 1,000: {most}");
    }

    [Fact]
    public async Task Costs_nothing_for_places_of_another_version_or_stream()
    {
        var repository = await FillAsync(100, Sample.Image);
        var before = await ReadAsync(repository, keepNewest: 100);
        string[] others = ["1#x", "2#x", "3#x"];
        for (var i = 1_000; i < 1_100; i++)
        {
            var (key, place) = (Sample.Digest(i).Value, new AttributeValue { S = others[i % others.Length] });
            await dynamo.Client.PutItemAsync(
                DynamoDbFixture.Table,
                new(StringComparer.Ordinal)
                {
                    ["repository"] = new() { S = repository },
                    ["digest"] = new() { S = key },
                    ["newest"] = place,
                    ["due"] = place,
                },
                Token);
        }

        (await ReadAsync(repository, keepNewest: 100)).ShouldBe(before);
    }

    [Fact]
    public async Task Costs_one_call_for_each_operation()
    {
        using var client = new CountingClient(dynamo.Server);
        var index = IndexOn(client);
        var repository = Sample.Repository();
        await index.TryWriteStateAsync(repository, new RepositoryState { ListedAt = Sample.Start }, Token);
        var row = (await index.TryWriteAsync(repository, Sample.Image(1), Token)).ShouldNotBeNull();
        await index.TryWriteProtectingTagAsync(repository, new ProtectingTag { Tag = "latest", Row = row }, Token);
        client.Consumed.Calls.ShouldBe(3);

        var view = await index.ReadAsync(repository, [.. Enumerable.Range(1, 98).Select(Sample.Digest)], "latest", Token);
        client.Consumed.Calls.ShouldBe(4);

        row = (await index.TryWriteAsync(repository, row, Token)).ShouldNotBeNull();
        await index.WriteTombstoneAsync(repository, Sample.Tombstone(1, Sample.Start), Token);
        await index.TryRemoveAsync(repository, row.Digest, row.Revision, Token);
        await index.TryRemoveProtectingTagAsync(repository, "latest", view.ProtectingTag!.Revision, Token);
        await index.FindTombstoneAsync(repository, row.Digest, Token);
        await index.ReadAllAsync(repository, Token);
        client.Consumed.Calls.ShouldBe(10);
    }

    // In the window, and never due.
    static IndexRow Protected(int number) => Sample.Image(number) with { PushedAt = Before.AddDays(-number), DueFrom = null };

    static DynamoIndex IndexOn(CountingClient client) => new(client, DynamoDbFixture.Table, TimeProvider.System);

    async Task<Consumption> ReadAsync(string repository, int keepNewest)
    {
        using var client = new CountingClient(dynamo.Server);
        var index = IndexOn(client);
        const int maxDeletes = 500;

        var view = await index.ReadAsync(repository, [Sample.Digest(1)], "latest", Token);
        var due = await index.DueAsync(repository, Kind.Image, Before, keepNewest + maxDeletes + 2, Token);
        var newest = await index.NewestAsync(repository, Kind.Image, keepNewest, Token);

        view.Rows.ShouldHaveSingleItem();
        due.ShouldBeEmpty();
        newest.Count.ShouldBe(keepNewest);
        return client.Consumed;
    }

    async Task<string> FillAsync(int count, Func<int, IndexRow> image)
    {
        var repository = Sample.Repository();
        var index = new DynamoIndex(dynamo.Client, DynamoDbFixture.Table, TimeProvider.System);
        await index.TryWriteStateAsync(repository, new RepositoryState { ListedAt = Sample.Start }, Token);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = RowsAtOnce, CancellationToken = Token },
            async (i, token) => await index.TryWriteAsync(repository, image(i), token));
        return repository;
    }
}
