# A service manager is told when the server is ready and when it stops.
perl -MIO::Socket::UNIX -e '
    my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => "notify") or die;
    my $child = fork();
    if ($child == 0) {
        open STDOUT, ">", "/dev/null"; open STDERR, ">", "/dev/null";
        $ENV{NOTIFY_SOCKET} = "notify";
        exec $ENV{VIGIE_BIN}, "serve", "--data", "data", "--port", "0";
    }
    alarm 60;
    my $text;
    $socket->recv($text, 100); print "$text\n";
    kill "TERM", $child;
    $socket->recv($text, 100); print "$text\n";
    waitpid $child, 0;
    print "exit ", $? >> 8, "\n";'
