using System.Diagnostics;
using System.Runtime.InteropServices;
using PushPruner.Aws.Dynamo;
using PushPruner.LocalAws;
using PushPruner.Testing;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Functions;

namespace PushPruner.Benchmarks.Starts;

/// <summary>
/// Starts the program that is deployed, and the same on the managed runtime, and gives each some pushes into a repository that is known.
/// </summary>
sealed class StartBenchmark(DynamoDbServer dynamo, TextWriter progress)
{
    const string App = "team/app";
    const int WarmUp = 200;
    const int WarmPushes = 500;

    int pushes;
    int tables;

    public async Task<IReadOnlyList<ProgramStarts>> RunAsync(int starts, CancellationToken cancellationToken)
    {
        var bootstrap = await PublishAsync(cancellationToken);
        return
        [
            await MeasureAsync(
                "published bootstrap",
                new FunctionProgram(bootstrap, []),
                new FileInfo(bootstrap).Length,
                starts,
                cancellationToken),
            await MeasureAsync("dotnet PushPruner.Lambda.dll", FunctionProgram.OfDevelopment, bytes: null, starts, cancellationToken),
        ];
    }

    async Task<string> PublishAsync(CancellationToken cancellationToken)
    {
        var (architecture, runtime) =
            RuntimeInformation.OSArchitecture == Architecture.Arm64 ? ("arm64", "linux-arm64") : ("x86_64", "linux-x64");
        await progress.WriteLineAsync($"make publish ARCH={architecture}");
        using var make = Process.Start(
            new ProcessStartInfo("make", ["publish", $"ARCH={architecture}"])
            {
                WorkingDirectory = Checkout.Root, UseShellExecute = false, RedirectStandardOutput = true,
            }
        )!;
        var said = await make.StandardOutput.ReadToEndAsync(cancellationToken);
        await make.WaitForExitAsync(cancellationToken);
        return make.ExitCode == 0
            ? Path.Combine(Checkout.Root, "artifacts", "bootstrap", runtime, "publish", "bootstrap")
            : throw new InvalidOperationException($"make publish failed ({make.ExitCode}): {said}");
    }

    async Task<ProgramStarts> MeasureAsync(
        string name, FunctionProgram program, long? bytes, int starts, CancellationToken cancellationToken)
    {
        var table = $"start-{++tables}";
        await dynamo.CreateTableAsync(IndexTable.Definition(table), cancellationToken);
        var registry = new LocalRegistry(new LocalRegistryOptions(), TimeProvider.System);
        registry.CreateRepository(App);
        await using var server = await LocalAwsServer.StartAsync(registry, cancellationToken: cancellationToken);

        Task<RunningFunction> StartAsync() => RunningFunction.StartAsync(program, registry, server, dynamo, table, cancellationToken);
        RegistryEvent Push() => registry.PutImage(ManifestFactory.Image($"push {++pushes}").Put(App, $"1.{pushes}.0")).Event!;

        await progress.WriteLineAsync($"{name}: {WarmPushes} warm pushes");
        await using var warm = await StartAsync();
        for (var n = 0; n < WarmUp; n++)
            await warm.HandleAsync(Push(), cancellationToken);
        var (processor, logged) = (warm.Processor, warm.Logged);
        for (var n = 0; n < WarmPushes; n++)
            await warm.HandleAsync(Push(), cancellationToken);
        var (processorAPush, loggedAPush) = ((warm.Processor - processor) / WarmPushes, (warm.Logged - logged) / WarmPushes);

        await progress.WriteLineAsync($"{name}: {starts} starts");
        var all = new List<OneStart>();
        for (var n = 0; n < starts; n++)
        {
            await using var cold = await StartAsync();
            var firstPoll = cold.SinceStart;
            var first = await cold.HandleAsync(Push(), cancellationToken);
            all.Add(new OneStart(firstPoll, first, await cold.HandleAsync(Push(), cancellationToken), cold.Processor, cold.Peak));
        }

        return new ProgramStarts(name, bytes, all, processorAPush, loggedAPush, warm.Peak);
    }
}
