using System.Text;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Metering;

public sealed class WhenTheyCanTBeWrittenTests
{
    static readonly Settings KeepOne = new() { Policy = new RetentionPolicy { KeepNewest = 1 } };

    [Fact]
    public async Task A_push_whose_metrics_are_lost_prunes_and_updates_the_index_and_logs_the_loss()
    {
        await using var full = new FullDisk();
        await using var deployment = await Deployment.StartAsync(settings: KeepOne, metricsTo: full);
        deployment.Ecr.Seed("app", ManifestFactory.Image("1", 100).At(Deployment.Noon.AddDays(-40), "1"));

        var result = await PushAsync(deployment);

        (result.Outcome, result.DeletedCount, full.Tries).ShouldBe((Outcome.Pruned, 1, 1));
        (
            await deployment.Index
                .ListTombstonesAsync("app", TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        var lost = deployment.Log.Beginning("Metrics lost: ").ShouldHaveSingleItem();
        (lost["level"]!.GetValue<string>(), lost["error_message"]!.GetValue<string>(), lost["repository"]!.GetValue<string>()).ShouldBe(
            ("Warning", "no space left", "app"));
    }

    [Fact]
    public async Task A_failure_stays_what_it_was()
    {
        await using var full = new FullDisk();
        await using var deployment = await Deployment.StartAsync(settings: KeepOne, metricsTo: full);
        deployment.Ecr.CreateRepository("app");
        deployment.Ecr.Faults.OnCall(call => call.Operation == "DescribeImages" ? Fault.AccessDenied : null);

        await Should.ThrowAsync<Amazon.ECR.AmazonECRException>(() => PushAsync(deployment));

        full.Tries.ShouldBe(1);
    }

    static Task<PruneResult> PushAsync(Deployment deployment) =>
        deployment.InvokeAsync(deployment.Ecr.PutImage(ManifestFactory.Image("2", 100).Put("app", "2")).Event!.Json);

    sealed class FullDisk : TextWriter
    {
        public int Tries { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            Tries++;
            throw new IOException("no space left");
        }
    }
}
