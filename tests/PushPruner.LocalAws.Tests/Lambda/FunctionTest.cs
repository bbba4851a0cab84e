using System.Text;

namespace PushPruner.LocalAws.Tests.Lambda;

/// <summary>A function, and a client that is its runtime.</summary>
public abstract class FunctionTest : RegistryTest, IAsyncLifetime
{
    protected const string Unhandled = """{"errorMessage":"no","errorType":"Broken","stackTrace":[]}""";

    protected HttpClient Runtime { get; } = new();

    protected LocalFunction Function { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Function = await LocalFunction.StartAsync("OnImagePushed", new() { Timeout = TimeSpan.FromSeconds(3) }, Clock);
        Runtime.BaseAddress = new($"http://{Function.RuntimeApi}/2018-06-01/runtime/");
    }

    public virtual async ValueTask DisposeAsync()
    {
        Runtime.Dispose();
        await Function.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<(string Id, string Payload, HttpResponseMessage Raw)> NextAsync()
    {
        var raw = await Runtime.GetAsync(new Uri("invocation/next", UriKind.Relative));
        return (raw.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single(), await raw.Content.ReadAsStringAsync(), raw);
    }

    protected async Task<int> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Runtime.PostAsync(new Uri(path, UriKind.Relative), content);
        return (int)answer.StatusCode;
    }

    /// <summary>Takes the next invocation and answers it.</summary>
    protected async Task<string> ServeAsync(string result)
    {
        var (id, payload, raw) = await NextAsync();
        using (raw)
            (await PostAsync($"invocation/{id}/response", result)).ShouldBe(202);
        return payload;
    }

    /// <summary>Takes the next invocation and fails it.</summary>
    protected async Task<string> FailAsync()
    {
        var (id, _, raw) = await NextAsync();
        using (raw)
            (await PostAsync($"invocation/{id}/error", Unhandled)).ShouldBe(202);
        return id;
    }
}
