using System.Text.Json;
using AWS.Lambda.Powertools.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PushPruner.Testing;
using PowertoolsLogger = AWS.Lambda.Powertools.Logging.Logger;

namespace PushPruner.EndToEnd.Tests.StandIns;

[Collection(typeof(EnvironmentVariables))]
public sealed partial class PowertoolsLines : IDisposable
{
    readonly EnvironmentVariables _variables = new();
    readonly CapturedLines _output = new();

    public PowertoolsLines()
    {
        foreach (var name in new[]
        {
            "_X_AMZN_TRACE_ID", "AWS_LAMBDA_LOG_LEVEL", "POWERTOOLS_LOG_LEVEL", "POWERTOOLS_LOGGER_CASE", "POWERTOOLS_SERVICE_NAME",
        })
        {
            _variables.Set(name, null);
        }
    }

    [Fact]
    public void HaveTheirKeysInOrder()
    {
        _variables.Set("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=1;Sampled=1");
        _variables.Set("POWERTOOLS_SERVICE_NAME", "pruner");
        Append("RequestId", "request-1");

        Deleted(Logger(), "team/app", 3, new InvalidOperationException("no"));

        Keys(_output.Lines.Single()).ShouldBe([
            "level", "message", "timestamp", "service", "cold_start", "xray_trace_id", "name",
            "request_id", "repository", "count", "exception",
        ]);
        var line = Line();
        line.GetProperty("level").GetString().ShouldBe("Information");
        line.GetProperty("message").GetString().ShouldBe("Deleted 3 images of team/app");
        line.GetProperty("service").GetString().ShouldBe("pruner");
        line.GetProperty("xray_trace_id").GetString().ShouldBe("1-5759e988-bd862e3fe1be46a994272793");
        line.GetProperty("name").GetString().ShouldBe("PushPruner.Test");
        line.GetProperty("count").GetInt32().ShouldBe(3);
        line.GetProperty("exception").GetProperty("type").GetString().ShouldBe("System.InvalidOperationException");
        line.GetProperty("timestamp").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void AreOneLineWhateverAValueHolds()
    {
        const string Forged = "app\"}\r\n{\"level\":\"Critical\",\"message\":\"forged\\";

        Deleted(Logger(), Forged, 1, null);

        var text = _output.Lines.Single();
        text.ShouldNotContain("\n");
        text.ShouldNotContain("\r");
        Line().GetProperty("repository").GetString().ShouldBe(Forged);
        Line().GetProperty("level").GetString().ShouldBe("Information");
    }

    [Fact]
    public void KeepWhatTheLoggerSaysOfItselfFromArguments()
    {
        Named(Logger(), "someone", "Critical");

        Line().GetProperty("name").GetString().ShouldBe("PushPruner.Test");
        Line().GetProperty("level").GetString().ShouldBe("Information");
    }

    [Fact]
    public void CarryAppendedKeysUntilTheseAreRemoved()
    {
        var logger = Logger();
        Append("event_id", "e-1");
        Append("Repository", "first wins");
        Deleted(logger, "team/app", 1, null);
        PowertoolsLogger.RemoveKeys("event_id", "Repository");
        Deleted(logger, "team/app", 1, null);

        Line(0).GetProperty("event_id").GetString().ShouldBe("e-1");
        Line(0).GetProperty("repository").GetString().ShouldBe("first wins");
        Line(1).TryGetProperty("event_id", out _).ShouldBeFalse();
        Line(1).GetProperty("repository").GetString().ShouldBe("team/app");
    }

    [Fact]
    public void HaveAKeyTwiceThatIsSpeltInTwoWays()
    {
        Append("repository", "appended");
        Deleted(Logger(), "team/app", 1, null);
        PowertoolsLogger.RemoveKeys("repository");

        Keys(_output.Lines.Single()).Count(key => key == "repository").ShouldBe(2);
    }

    [Fact]
    public void AreAllWrittenByTheLastConfigurationOfTheProcess()
    {
        var before = Logger();
        var other = new CapturedLines();
        Logger(other);

        Deleted(before, "team/app", 1, null);

        _output.Lines.ShouldBeEmpty();
        other.Lines.Count.ShouldBe(1);
    }

    public static TheoryData<object> Unknown =>
    [
        DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1), Guid.Empty, 1.5m, 1.5f, 1UL, DayOfWeek.Monday, new[] { "a" },
        new Uri("https://aws.amazon.com"),
    ];

    [Theory]
    [MemberData(nameof(Unknown), DisableDiscoveryEnumeration = true)]
    public void RefuseWhatNativeCodeCanNotWrite(object value)
    {
        Assert.SkipUnless(StandInProjects.IsLoaded(typeof(PowertoolsLogger)), "the real package refuses it in native code only");

        Should.Throw<AggregateException>(() => Found(Logger(), value)).InnerException.ShouldBeOfType<NotSupportedException>();

        _output.Lines.ShouldBeEmpty();
    }

    public static TheoryData<object> Known => ["text", true, 1, 1L, 1.5];

    [Theory]
    [MemberData(nameof(Known), DisableDiscoveryEnumeration = true)]
    public void HoldWhatNativeCodeCanWrite(object value)
    {
        Found(Logger(), value);

        Line().GetProperty("what").ToString().ShouldBe(value.ToString());
    }

    [Fact]
    public void HoldNullWhereThereIsNothing()
    {
        Found(Logger(), what: null);

        Line().GetProperty("what").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task KeepTheKeysOfConcurrentInvocationsApart()
    {
        var logger = Logger();
        using var bothAppended = new Barrier(2);
        await Task.WhenAll(Invocation("a"), Invocation("b"));

        _output.Lines.Select((_, i) => Line(i)).ShouldAllBe(
            line => line.GetProperty("request_id").GetString() == line.GetProperty("repository").GetString());

        Task Invocation(string id) => Task.Run(() =>
        {
            Append("request_id", id);
            bothAppended.SignalAndWait(TestContext.Current.CancellationToken);
            lock (_output)
            {
                Deleted(logger, id, 1, null);
            }
        });
    }

    [Fact]
    public async Task SayColdStartInOneInvocationAtMost()
    {
        var logger = Logger();
        for (var i = 0; i < 3; i++)
        {
            await Task.Run(() =>
            {
                Deleted(logger, "one", 1, null);
                Deleted(logger, "two", 1, null);
            });
        }

        var cold = _output.Lines.Select((_, i) => Line(i).GetProperty("cold_start").GetBoolean()).ToList();
        cold[0].ShouldBe(cold[1]);
        cold[2..].ShouldAllBe(isCold => !isCold);
    }

    [Theory]
    [InlineData("CamelCase", "coldStart")]
    [InlineData("PascalCase", "ColdStart")]
    [InlineData("SnakeCase", "cold_start")]
    public void SpellTheirKeysAsTold(string outputCase, string coldStart)
    {
        _variables.Set("POWERTOOLS_LOGGER_CASE", outputCase);

        Deleted(Logger(), "team/app", 1, null);

        Keys(_output.Lines.Single()).Contains(coldStart, StringComparer.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public void BelowTheLevelOfLambdaAreNotWritten()
    {
        _variables.Set("POWERTOOLS_LOG_LEVEL", "Information");
        _variables.Set("AWS_LAMBDA_LOG_LEVEL", "ERROR");

        Deleted(Logger(), "team/app", 1, null);

        _output.Lines.ShouldBeEmpty();
    }

    public void Dispose() => _variables.Dispose();

    static void Append(string key, object value) => PowertoolsLogger.AppendKeys([KeyValuePair.Create(key, value)]);

    static IEnumerable<string> Keys(string line) =>
        JsonDocument.Parse(line).RootElement.EnumerateObject().Select(property => property.Name);

    [LoggerMessage(1, LogLevel.Information, "Deleted {Count} images of {Repository}")]
    static partial void Deleted(ILogger logger, string repository, int count, Exception? exception);

    [LoggerMessage(2, LogLevel.Information, "Found {Name} at {Level}")]
    static partial void Named(ILogger logger, string name, string level);

    [LoggerMessage(3, LogLevel.Information, "Found {What}")]
    static partial void Found(ILogger logger, object? what);

    ILogger Logger() => Logger(_output);

    static ILogger Logger(CapturedLines output) => new ServiceCollection()
        .AddLogging(logging => logging.AddPowertoolsLogger(configuration => configuration.LogOutput = output))
        .BuildServiceProvider()
        .GetRequiredService<ILoggerFactory>()
        .CreateLogger("PushPruner.Test");

    JsonElement Line(int index = 0) => JsonDocument.Parse(_output.Lines[index]).RootElement;
}
