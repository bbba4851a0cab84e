using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PushPruner.Testing.StepFunctions;

/// <summary>
/// The reference JSONata in a process of its own, which ends when its standard input does: with this process at the latest.
/// </summary>
public sealed class JsonataEvaluator : IAsyncDisposable
{
    public const string WhyNone = "no JSONata: there is no node or no npm on the PATH";

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Process process;
    readonly SemaphoreSlim turn = new(1);

    JsonataEvaluator(Process process) => this.process = process;

    /// <summary>Null when there is no npm or no node.</summary>
    public static async Task<JsonataEvaluator?> TryStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var start = new ProcessStartInfo("node", ["evaluate.js"])
            {
                WorkingDirectory = await NpmInstallation.EnsureAsync("jsonata", cancellationToken),
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            };
            return new JsonataEvaluator(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The template with the value in the place of each <c>{% expression %}</c>.</summary>
    /// <param name="bindings">What the expressions find under <c>$name</c>.</param>
    /// <exception cref="JsonataException">An expression failed, or gave nothing.</exception>
    public async Task<JsonNode?> EvaluateAsync(JsonNode? template, JsonObject bindings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        var line = new JsonObject { ["template"] = template?.DeepClone(), ["bindings"] = bindings.DeepClone() }.ToJsonString(Plain);
        await turn.WaitAsync(cancellationToken);
        try
        {
            await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
            var answer = await process.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException("node has ended; its words are on standard error");
            var parsed = JsonNode.Parse(answer)!;
            if (parsed["error"] is { } error)
                throw new JsonataException(error.GetValue<string>());

            var value = parsed["value"];
            parsed.AsObject().Remove("value");
            return value;
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        turn.Dispose();
    }
}
