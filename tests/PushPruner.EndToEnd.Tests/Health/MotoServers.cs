using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Template;
using PushPruner.Testing.Programs;
using PushPruner.Testing.Wire;

namespace PushPruner.EndToEnd.Tests.Health;

/// <summary>Another emulator of AWS for the tests of this class, and the translated template.</summary>
public sealed class MotoServers : IAsyncLifetime
{
    // Where moto says that a function's code is, which no one serves.
    const string Unreachable = "https://awslambda-us-east-1-tasks.s3.us-east-1.amazonaws.com/";

    MotoServer? moto;
    RecordingProxy? proxy;
    JsonNode? template;

    internal Task<MotoStack> DeployAsync(string name, byte machine, params (string, string)[] parameters) =>
        DeployAsync(name, machine, "registry", parameters);

    internal async Task<MotoStack> DeployAsync(string name, byte machine, string packages, params (string, string)[] parameters)
    {
        Assert.SkipUnless(MotoServer.IsInstalled, MotoServer.Missing);
        Assert.SkipUnless(new[] { "curl", "unzip", "od" }.All(AwsCli.IsOnPath), "curl, unzip or od is not on the PATH");
        moto ??= await MotoServer.StartAsync();
        proxy ??= await RecordingProxy.StartAsync(
            moto.Url, text => text.Replace(Unreachable, $"{moto.Url}{MotoStack.Bucket}/", StringComparison.Ordinal));
        template ??= await SamTranslator.TranslateAsync();
        return await MotoStack.DeployAsync(moto.Url, proxy, template, name, machine, packages, parameters);
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (proxy is not null)
            await proxy.DisposeAsync();
        if (moto is not null)
            await moto.DisposeAsync();
    }
}
