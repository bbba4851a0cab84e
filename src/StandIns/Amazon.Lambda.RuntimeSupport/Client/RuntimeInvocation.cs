namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An answer of "next": the event, and its context in the headers.</summary>
sealed class RuntimeInvocation(HttpResponseMessage response, Stream input) : IDisposable
{
    internal Stream Input => input;

    internal string Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    public void Dispose() => response.Dispose();
}
