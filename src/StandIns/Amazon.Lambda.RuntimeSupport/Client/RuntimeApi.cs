using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Lambda runtime API, version 2018-06-01.</summary>
sealed class RuntimeApi(HttpClient client, string hostAndPort)
{
    readonly string _root = $"http://{hostAndPort}/2018-06-01/runtime";

    internal async Task<RuntimeInvocation> Next(CancellationToken cancellationToken)
    {
        var response = await client.GetAsync(new Uri($"{_root}/invocation/next"), cancellationToken);
        await Expect(response, HttpStatusCode.OK, cancellationToken);
        return new RuntimeInvocation(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    internal async Task SendResponse(string requestId, Stream output, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(output) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await client.PostAsync(new Uri($"{_root}/invocation/{requestId}/response"), content, cancellationToken);
        await Expect(response, HttpStatusCode.Accepted, cancellationToken);
    }

    internal Task ReportInvocationError(string requestId, Exception exception, CancellationToken cancellationToken) =>
        Report($"{_root}/invocation/{requestId}/error", exception, cancellationToken);

    internal Task ReportInitError(Exception exception) => Report($"{_root}/init/error", exception, CancellationToken.None);

    async Task Report(string url, Exception exception, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(ErrorReport.Of(exception))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json") },
            },
            Headers = { { "Lambda-Runtime-Function-Error-Type", exception.GetType().Name } },
        };

        using var response = await client.SendAsync(request, cancellationToken);
        await Expect(response, HttpStatusCode.Accepted, cancellationToken);
        await ReadStatus(response, cancellationToken);
    }

    // The runtime API answers a report with {"status":"OK"}. Anything that is no JSON ends the loop.
    static async Task ReadStatus(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var status = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw new RuntimeApiClientException("Could not deserialize the response body.", (int)response.StatusCode, text);
        }
    }

    // Anything unexpected ends the loop and with it the process, as in the real package: Lambda starts a new one and retries the event.
    static async Task Expect(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        if (response.StatusCode != expected)
        {
            var text = response.StatusCode switch
            {
                HttpStatusCode.RequestEntityTooLarge => "Payload Too Large",
                HttpStatusCode.InternalServerError => "Container error. Non-recoverable state. Runtime should exit promptly.",
                var status => $"The HTTP status code of the response was not expected ({(int)status}).",
            };

            throw new RuntimeApiClientException(
                text, (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
