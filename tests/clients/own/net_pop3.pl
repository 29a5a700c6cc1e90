# Does one job with Perl's Net::POP3, as ../programs/libraries.py tells it on standard input.
use strict;
use warnings;
use Authen::SASL qw(Perl);
use JSON::PP;
use Net::POP3;

my $job = decode_json(do { local $/; <STDIN> });

sub gave_up {
    my ($pop) = @_;
    die(($pop ? $pop->message : '') || $IO::Socket::SSL::SSL_ERROR || $@ || 'no connection', "\n");
}

my @trust = (SSL_ca_file => $job->{authority}, SSL_verifycn_name => $job->{host});
my $pop = Net::POP3->new($job->{host}, Port => $job->{port}, Timeout => 20,
    $job->{road} eq 'TLS' ? (SSL => 1, @trust) : ()) or gave_up();
$job->{road} ne 'STLS' or $pop->starttls(@trust) or gave_up();

my $mechanism = $job->{mechanism} // 'USER';
my $in;
if ($mechanism eq 'USER') {
    $in = $pop->login($job->{user}, $job->{password});
} elsif ($mechanism eq 'APOP') {
    $in = $pop->apop($job->{user}, $job->{password});
} else {
    my %answers = (user => $job->{user}, authname => '', pass => $job->{password});
    $in = $pop->auth(Authen::SASL->new(mechanism => $mechanism, callback => \%answers));
}
$in or gave_up($pop);

my $sizes = $pop->list or gave_up($pop);
for my $number (sort { $a <=> $b } keys %$sizes) {
    print "$number $sizes->{$number}\n";
    if ($job->{fetch}) {
        my $lines = $pop->get($number) or gave_up($pop);
        open(my $file, '>:raw', "$job->{inbox}/$number") or die "$!\n";
        print $file @$lines;
        close($file) or die "$!\n";
    }
    !$job->{remove} or $pop->delete($number) or gave_up($pop);
}
$pop->quit or gave_up($pop);
