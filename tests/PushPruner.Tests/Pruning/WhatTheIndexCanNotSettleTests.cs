using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Pruning;

/// <summary>Where ECR contradicts more than a push can mend, it doesn't guess how much would go.</summary>
public class WhatTheIndexCanNotSettleTests
{
    static readonly Settings OneNewest = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task The_breaker_holds_even_where_every_round_finds_a_contradiction()
    {
        var scenario = new PushScenario(
            OneNewest with
            {
                MaxDeletes = 5, Policy = new RetentionPolicy { KeepNewest = 1, KeepPulledFor = TimeSpan.FromDays(7) },
            });
        scenario.HasImage("first", 900);
        List<Digest> pulled = [];
        for (var n = 0; n < 25; n++)
            pulled.Add(scenario.HasImage($"used-{n}", 800 - n));
        for (var n = 0; n < 100; n++)
            scenario.HasImage($"old-{n}", 500 - n);
        await scenario.KnowsTheRepositoryAsync();
        foreach (var digest in pulled)
            scenario.Ecr.RecordPull(PushScenario.App, digest.Value, PushScenario.Noon);

        var result = await scenario.PushAsync("new");

        result.DeletedCount.ShouldBe(0, "101 are expired and 5 may go");
        result.Outcome.ShouldBe(Outcome.Halted);
    }

    [Fact]
    public async Task After_a_push_nothing_expired_is_left_nor_is_it_called_nothing_expired()
    {
        var scenario = new PushScenario(
            OneNewest with
            {
                MaxDeletes = 1, Policy = new RetentionPolicy { KeepNewest = 1, KeepPulledFor = TimeSpan.FromDays(7) },
            });
        List<Digest> pulled = [];
        for (var n = 0; n < 10; n++)
            pulled.Add(scenario.HasImage($"used-{n}", 800 - n));
        scenario.HasImage("old", 100);
        await scenario.KnowsTheRepositoryAsync();
        foreach (var digest in pulled)
            scenario.Ecr.RecordPull(PushScenario.App, digest.Value, PushScenario.Noon);

        var result = await scenario.PushAsync("new");

        (result.Outcome == Outcome.NothingExpired && scenario.Images.Contains("old")).ShouldBeFalse();
    }
}
