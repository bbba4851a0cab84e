using Microsoft.Extensions.Logging;
using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Jobs;

/// <summary>A logger that throws, such as one that does not know the type of an argument: what ECR has deleted is deleted.</summary>
public sealed class LinesThatCanNotBeWrittenTests
{
    const int Deleted = 2;

    static PushScenario WorldThatKeepsTwo(ILogger logger) =>
        new(new Settings { Policy = new RetentionPolicy { KeepNewest = 2 } }) { Logger = logger };

    [Fact]
    public async Task A_push_whose_lines_all_fail_deletes_once_and_answers()
    {
        var scenario = WorldThatKeepsTwo(new BrokenLogger(_ => true));
        scenario.HasImages(3, daysOld: 40);

        var result = await scenario.PushAsync("new");

        result.Outcome.ShouldBe(Outcome.Pruned);
        result.DeletedCount.ShouldBe(2);
        scenario.Images.ShouldBe(["new", "old-3"]);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(1);
    }

    [Fact]
    public async Task A_reconcile_whose_lines_all_fail_deletes_once_and_answers()
    {
        var scenario = WorldThatKeepsTwo(new BrokenLogger(_ => true));
        scenario.HasImages(4, daysOld: 40);

        var result = await scenario.ReconcileAsync();

        result.Outcome.ShouldBe(Outcome.Pruned);
        result.Done.ShouldBeTrue();
        scenario.Images.ShouldBe(["old-3", "old-4"]);
        scenario.Ecr.Calls.Count("BatchDeleteImage").ShouldBe(1);
    }

    [Fact]
    public async Task The_line_of_a_delete_that_cannot_be_written_becomes_text()
    {
        var logger = new BrokenLogger(id => id.Id == Deleted);
        var scenario = WorldThatKeepsTwo(logger);
        scenario.HasImages(2, daysOld: 40);

        await scenario.PushAsync("new");

        const string Beginning = "A line could not be written (NotSupportedException, a type that nobody knows). It said: Deleted: sha256:";
        logger.Written.ShouldContain(
            line => line.StartsWith(Beginning, StringComparison.Ordinal) && line.Contains("tags old-1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_that_can_be_written_is_written_once()
    {
        var inner = new BrokenLogger(_ => false);

        UnfailingLogger.Around(UnfailingLogger.Around(inner))
            .Log(LogLevel.Information, new EventId(1), "hello", exception: null, (text, _) => text);

        inner.Written.ShouldBe(["hello"]);
    }

    [Fact]
    public void A_message_that_cannot_be_put_together_is_lost_without_an_exception()
    {
        var inner = new BrokenLogger(_ => false);

        Should.NotThrow(() => UnfailingLogger.Around(inner)
            .Log<object?>(LogLevel.Error, new EventId(1), state: null, exception: null, (_, _) => throw new FormatException("no")));

        inner.Written.ShouldBeEmpty();
    }
}
