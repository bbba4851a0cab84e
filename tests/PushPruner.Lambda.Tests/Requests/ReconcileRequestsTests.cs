using System.Text.Json;
using PushPruner.Jobs;
using PushPruner.Lambda.Requests;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Requests;

public sealed class ReconcileRequestsTests(Deployment deployment) : IClassFixture<Deployment>
{
    const string Fields = "repository, dryRun, maxDeletes, asOf, policy, keepNewest, keepDays, execution, run";

    const string InstantAllowed = "the instant that a halted run printed, such as 2026-11-30T10:00:00Z, and not in the future";
    const string PolicyAllowed = "the policy that a halted run printed, 6 characters of 0-9 and a-f, such as 3f9a1c";

    [Theory]
    [InlineData("null", $"the request is null: an object with {Fields}")]
    [InlineData("[]", $"the request is []: an object with {Fields}")]
    [InlineData("\"app\"", $"the request is \"app\": an object with {Fields}")]
    [InlineData("{}", "repository is missing: the name of a repository, such as team/app")]
    [InlineData("""{"repository":null}""", "repository is missing: the name of a repository, such as team/app")]
    [InlineData("""{"repository":7}""", "repository is 7: the name of a repository, such as team/app")]
    [InlineData("""{"repository":"App"}""", "repository is \"App\": the name of a repository, such as team/app")]
    [InlineData("""{"repository":"\ud800"}""", "repository is \"\\ud800\": the name of a repository, such as team/app")]
    [InlineData("""{"repository":"app","dryrun":true}""", $"\"dryrun\":true is no field of this request; there are {Fields}")]
    [InlineData("""{"repository":"app","\ud800":1}""", $"\"\\ud800\":1 is no field of this request; there are {Fields}")]
    [InlineData("""{"repository":"app","dryRun":true,"dryRun":false}""", "dryRun is true and false: one value")]
    [InlineData("""{"repository":"app","dryRun":"true"}""", "dryRun is \"\"true\"\": true or false")]
    [InlineData("""{"repository":"app","dryRun":1}""", "dryRun is \"1\": true or false")]
    [InlineData("""{"repository":"app","dryRun":null}""", "dryRun is \"null\": true or false")]
    [InlineData("""{"repository":"app","maxDeletes":0}""", "maxDeletes is \"0\": a whole number from 1 to 100000, such as 500")]
    [InlineData("""{"repository":"app","maxDeletes":100001}""", "maxDeletes is \"100001\": a whole number from 1 to 100000, such as 500")]
    [InlineData("""{"repository":"app","maxDeletes":"500"}""", "maxDeletes is \"\"500\"\": a whole number from 1 to 100000, such as 500")]
    [InlineData(
        """{"repository":"app","maxDeletes":{"most":500}}""",
        "maxDeletes is \"{\"most\":500}\": a whole number from 1 to 100000, such as 500")]
    [InlineData("""{"repository":"app","asOf":"2026-06-01"}""", $"asOf is \"2026-06-01\": {InstantAllowed}")]
    [InlineData("""{"repository":"app","asOf":"2026-06-01T12:00:00"}""", $"asOf is \"2026-06-01T12:00:00\": {InstantAllowed}")]
    [InlineData("""{"repository":"app","asOf":"2026-06-01T12:01:01Z"}""", $"asOf is \"2026-06-01T12:01:01Z\": {InstantAllowed}")]
    [InlineData("""{"repository":"app","asOf":1780315200}""", $"asOf is 1780315200: {InstantAllowed}")]
    [InlineData("""{"repository":"app","policy":"3F9A1C"}""", $"policy is \"3F9A1C\": {PolicyAllowed}")]
    [InlineData("""{"repository":"app","policy":""}""", $"policy is \"\": {PolicyAllowed}")]
    [InlineData("""{"repository":"app","policy":391234}""", $"policy is 391234: {PolicyAllowed}")]
    [InlineData("""{"repository":"app","keepNewest":0}""", "keepNewest is \"0\": a whole number from 1 to 1000, such as 10")]
    [InlineData("""{"repository":"app","keepNewest":1001}""", "keepNewest is \"1001\": a whole number from 1 to 1000, such as 10")]
    [InlineData("""{"repository":"app","keepNewest":10.0}""", "keepNewest is \"10.0\": a whole number from 1 to 1000, such as 10")]
    [InlineData("""{"repository":"app","keepNewest":1e1}""", "keepNewest is \"1e1\": a whole number from 1 to 1000, such as 10")]
    [InlineData("""{"repository":"app","keepDays":-1}""", "keepDays is \"-1\": a number of days from 0 to 36500, such as 30")]
    [InlineData("""{"repository":"app","keepDays":36500.1}""", "keepDays is \"36500.1\": a number of days from 0 to 36500, such as 30")]
    [InlineData("""{"repository":"app","keepDays":true}""", "keepDays is \"true\": a number of days from 0 to 36500, such as 30")]
    [InlineData("""{"repository":"app","execution":5}""", "execution is 5: the execution that asks: text of at most 1000 characters")]
    [InlineData(
        """{"repository":"app","run":0}""", "run is \"0\": a whole number from 1 to 20, which the state machine writes; leave it out")]
    [InlineData(
        """{"repository":"app","run":21}""", "run is \"21\": a whole number from 1 to 20, which the state machine writes; leave it out")]
    public async Task What_can_t_be_understood_is_refused_with_the_field_its_value_and_what_is_allowed(string json, string message)
    {
        deployment.Ecr.Calls.Clear();

        (await Should.ThrowAsync<MalformedRequestException>(() => deployment.ReconcileAsync(json))).Message.ShouldBe(message);
        deployment.Ecr.Calls.Count().ShouldBe(0);
    }

    [Fact]
    public async Task Of_a_long_value_the_beginning_is_shown() =>
        (
            await Should.ThrowAsync<MalformedRequestException>(() =>
                deployment.ReconcileAsync($$"""{"repository":"{{new string('A', 5_000)}}"}"""))
        ).Message.ShouldBe($"repository is \"{new string('A', 99)}...: the name of a repository, such as team/app");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void An_execution_is_text_that_a_line_of_the_log_can_hold(int length, bool isAllowed)
    {
        var json = $$"""{"repository":"app","execution":"{{new string('x', length)}}"}""";

        if (isAllowed)
            Read(json).Execution.ShouldBe(new string('x', length));
        else
            Should.Throw<MalformedRequestException>(() => Read(json));
    }

    [Fact]
    public void A_repository_alone_leaves_all_else_to_the_settings() =>
        Read("""{"repository":"team/app"}""")
            .ShouldBe(new Lambda.Requests.ReconcilePayload(new Jobs.ReconcileRequest("team/app"), Execution: null));

    [Fact]
    public void Numbers_that_are_null_are_not_given() =>
        Read(
                """{"repository":"app","dryRun":false,"maxDeletes":null,"asOf":null,"policy":null,"keepNewest":null,"keepDays":null,"execution":null}""")
            .ShouldBe(new Lambda.Requests.ReconcilePayload(new Jobs.ReconcileRequest("app"), Execution: null));

    [Fact]
    public void What_is_given_is_ordered() =>
        Read(
                """{"execution":"weekly-1","keepDays":7.5,"keepNewest":20,"maxDeletes":5000,"policy":"3f9a1c","asOf":"2026-06-01T14:00:00+02:00","dryRun":true,"repository":"app","run":20}""")
            .ShouldBe(
                new Lambda.Requests.ReconcilePayload(
                    new Jobs.ReconcileRequest("app")
                    {
                        DryRun = true,
                        MaxDeletes = 5_000,
                        AsOf = Deployment.Noon,
                        PolicyHash = "3f9a1c",
                        KeepNewest = 20,
                        KeepFor = TimeSpan.FromDays(7.5),
                    },
                    "weekly-1")
                {
                    Run = 20,
                });

    [Theory]
    [InlineData("maxDeletes", "1", "100000")]
    [InlineData("keepNewest", "1", "1000")]
    [InlineData("keepDays", "0", "36500")]
    public void The_least_and_the_most_of_each_number_are_allowed(string field, string least, string most)
    {
        foreach (var number in (string[])[least, most])
            Read($$"""{"repository":"app","{{field}}":{{number}}}""").Request.ShouldNotBe(new Jobs.ReconcileRequest("app"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repository_that_isn_t_served_is_ignored_and_nothing_is_asked_of_it(bool dryRun)
    {
        await using var choosy = await Deployment.StartAsync(
            settings: new Settings { Repositories = Setting.Repositories("REPOSITORIES", "*,!team/base"), DryRun = dryRun }
        );

        (await choosy.ReconcileAsync("""{"repository":"team/base"}""")).ShouldSatisfyAllConditions(
            r => r.Repository.ShouldBe("team/base"),
            r => r.Outcome.ShouldBe(Outcome.Ignored),
            r => r.Why.ShouldBe("REPOSITORIES does not include team/base"),
            r => r.Done.ShouldBeTrue("to ask again changes nothing"),
            r => r.DryRun.ShouldBe(dryRun));
        choosy.Ecr.Calls.Count().ShouldBe(0);
    }

    [Theory]
    [InlineData("reconcile-repository", true, null)]
    [InlineData("reconcile-repository-with-overrides", false, 5_000)]
    public void The_samples_are_understood(string file, bool dryRun, int? maxDeletes)
    {
        var order = Read(File.ReadAllText(Path.Combine("events", "requests", $"{file}.json"))).Request;

        order.ShouldSatisfyAllConditions(
            o => o.Repository.ShouldBe("shop/web"), o => o.DryRun.ShouldBe(dryRun), o => o.MaxDeletes.ShouldBe(maxDeletes));
    }

    static Lambda.Requests.ReconcilePayload Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Lambda.Requests.ReconcilePayload.Read(document.RootElement, Deployment.Noon);
    }
}
